import type { BodyReading } from "../http/read-body";

/** The answer to a request refused before its body is read. */
export const refuseRequest = (
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response => Response.json({ error: { message } }, { status, headers: { "cache-control": "no-store", ...headers } });

/** The answer to a body that was not read to its end. */
export const refuseBody = (outcome: Exclude<BodyReading["outcome"], "read">, bytesMax: number): Response => {
  if (outcome === "too-large") return refuseRequest(413, `Send at most ${bytesMax} bytes.`);
  if (outcome === "broken-off") return refuseRequest(400, "The request was interrupted. Send it again.");
  return refuseRequest(408, "The request took too long to arrive. Send it again.", { connection: "close" });
};
