type JsonObject = Readonly<Record<string, unknown>>;

const LENGTH_MAX = 300;
/** File paths of this machine: at least two parts deep, so that "/api" in a text stays. */
const PATHS = /(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][\w.@()[\]-]+){2,}(?::\d+){0,2}/g;

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The first line of a message, shortened and without paths. */
const shorten = (message: unknown): string => {
  const lines = typeof message === "string" ? message.split("\n") : [];
  const line = lines.find((text) => text.trim() !== "") ?? "It failed.";
  return line.replaceAll(PATHS, "...").slice(0, LENGTH_MAX);
};

/** An error as JSON without stack and cause: a retry and onFailure need only name and message. */
const redactError = ({ stack: _stack, cause: _cause, ...error }: JsonObject): JsonObject => ({
  ...error,
  message: shorten(error["message"] ?? error["error"]),
});

const redactOperation = (operation: unknown): unknown =>
  isObject(operation) && isObject(operation["error"])
    ? { ...operation, error: redactError(operation["error"]) }
    : operation;

/** The SDK's JSON answer for an unsigned caller: one line about the failure and nothing about our internals. */
const redactBody = (text: string, status: number): unknown => {
  const body: unknown = JSON.parse(text);
  if (Array.isArray(body)) return body.map(redactOperation);
  if (status < 400 || !isObject(body)) return body;
  if (body["type"] !== "internal") return redactError(body);
  const isMissing = /^(Function ".*" was not found|No function ID found)/.test(String(body["message"]));
  return { message: isMissing ? "There is no function of this name." : "The call could not be understood." };
};

/** A signed answer is for the server that holds the key, and must stay byte for byte what was signed. */
export const redactErrors = async (response: Response): Promise<Response> => {
  if (response.headers.has("x-inngest-signature")) return response;
  const { status, headers } = response;
  const text = await response.text();
  if (text === "" || (status < 400 && status !== 206)) return new Response(text, { status, headers });
  try {
    return new Response(JSON.stringify(redactBody(text, status)), { status, headers });
  } catch {
    return Response.json({ message: "The call failed." }, { status });
  }
};
