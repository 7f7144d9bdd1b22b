import { isLoopbackUrl } from "~/env";

/** More than a server sends in one call (4 MB: larger state is fetched by the SDK). */
const BODY_BYTES_MAX = 5_000_000;

export type GuardedRequest =
  | { readonly outcome: "passed"; readonly request: Request }
  | { readonly outcome: "refused"; readonly response: Response };

const refuse = (status: number, message: string): GuardedRequest => ({
  outcome: "refused",
  response: Response.json({ message }, { status }),
});

const UNAUTHORIZED = refuse.bind(null, 401, "Unauthorized");

/**
 * Unsigned calls come from a development server on this machine, and from nobody else: no page of another site, which
 * a browser here would let reach loopback, and no name that somebody pointed at it. Undefined: it may be such a call.
 */
const refuseUnsigned = ({ headers, method }: Request): GuardedRequest | undefined => {
  if (!isLoopbackUrl(`http://${headers.get("host") ?? ""}`)) {
    return refuse(403, "Without signatures the functions are served on this machine only: call them at 127.0.0.1.");
  }
  const site = headers.get("sec-fetch-site");
  if (headers.has("origin") || (site !== null && site !== "none")) {
    return refuse(403, "The functions are for an Inngest server, not for pages.");
  }
  const type = headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (method !== "GET" && type !== "application/json") {
    return refuse(415, "Send application/json.");
  }
  return undefined;
};

/** The body as text; undefined when it is longer than a server's. */
const readText = async (request: Request): Promise<string | undefined> => {
  if (Number(request.headers.get("content-length")) > BODY_BYTES_MAX) return undefined;
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/**
 * What may reach the SDK's handler. With keys: what carries a signature, which the SDK checks; before it, no body is
 * read. Without: see refuseUnsigned. A body must be JSON of a server's size: the SDK would throw on anything else.
 */
export const guardRequest = async (request: Request, isSigned: boolean): Promise<GuardedRequest> => {
  if (isSigned && !request.headers.has("x-inngest-signature")) return UNAUTHORIZED();
  const refused = isSigned ? undefined : refuseUnsigned(request);
  if (refused) return refused;
  const { url, method, headers } = request;
  if (method === "GET") return { outcome: "passed", request };
  const body = await readText(request);
  if (body === undefined) return refuse(413, "The body is longer than 5 MB.");
  if (body !== "" && !isJson(body)) return refuse(400, "The body is no JSON.");
  return { outcome: "passed", request: new Request(url, { method, headers, body }) };
};
