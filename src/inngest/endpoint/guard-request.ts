import { isLoopbackUrl } from "~/env";
import { readBody, type BodyLimits } from "~/server/http/read-body";
import { isSignedBy, isTimely } from "./signature";

/** More than a server sends in one call (at most 4 MB: the SDK fetches larger state), and longer than that takes. */
const LIMITS: BodyLimits = { bytesMax: 5_000_000, millisecondsMax: 10_000 };

export type GuardedRequest =
  | { readonly outcome: "passed"; readonly request: Request }
  | { readonly outcome: "refused"; readonly response: Response };

const refuse = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): GuardedRequest => ({
  outcome: "refused",
  response: Response.json({ message }, { status, headers }),
});

const UNAUTHORIZED = refuse.bind(null, 401, "Unauthorized");

/**
 * Unsigned calls are accepted only from a development server on this machine. A page of another site is refused, since
 * a browser here would let it reach loopback, and so is a host name that points at loopback. Undefined: accepted.
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

const REFUSALS = {
  "too-large": () => refuse(413, "The body is longer than 5 MB."),
  "too-slow": () => refuse(408, "The body took too long to arrive.", { connection: "close" }),
  "broken-off": () => refuse(400, "The request broke off."),
} as const;

/** A body's JSON; undefined when it is not JSON. No body gives "", which is what gets signed then. */
const parseBody = (text: string): unknown => {
  try {
    return text === "" ? "" : JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Decides which requests reach the SDK's handler. With `keys`, one of them must have signed the body, which is not read
 * when the signature header cannot be valid. Null: see refuseUnsigned. A body must be JSON within LIMITS, because the
 * SDK throws on anything else. The SDK checks signatures again, and alone those of GET requests.
 */
export const guardRequest = async (request: Request, keys: readonly string[] | null): Promise<GuardedRequest> => {
  const { url, method, headers } = request;
  const signature = headers.get("x-inngest-signature");
  if (keys !== null && !isTimely(signature, Date.now())) return UNAUTHORIZED();
  const refused = keys === null ? refuseUnsigned(request) : undefined;
  if (refused) return refused;
  if (method === "GET") return { outcome: "passed", request };
  const reading = await readBody(request, LIMITS);
  if (reading.outcome !== "read") return REFUSALS[reading.outcome]();
  const text = new TextDecoder().decode(reading.bytes);
  const body = parseBody(text);
  if (body === undefined) return refuse(400, "The body is no JSON.");
  if (keys !== null && !isSignedBy(keys, body, signature)) return UNAUTHORIZED();
  return { outcome: "passed", request: new Request(url, { method, headers, body: text }) };
};
