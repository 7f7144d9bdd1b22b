/** Larger than any call of ours, smaller than what hurts. */
const BODY_BYTES_MAX = 256 * 1024;

type Refusal = { readonly status: 403 | 405 | 413 | 415; readonly message: string };

/** Whether the page that sends this is ours: by the browser's own word, else by the page's origin. */
const isFromOurPage = (headers: Headers, origin: string): boolean => {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.get("origin") === origin : site === "same-origin";
};

/** Why a request is not even looked at, or null. A read (GET) changes nothing and needs no proof of its page. */
const refuse = ({ method, headers }: Request, origin: string): Refusal | null => {
  if (method === "GET") return null;
  if (method !== "POST") return { status: 405, message: "Use GET or POST." };
  if (!isFromOurPage(headers, origin)) return { status: 403, message: "This request comes from another site." };
  if (headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    return { status: 415, message: "Send application/json." };
  }
  return Number(headers.get("content-length") ?? 0) > BODY_BYTES_MAX ? TOO_LARGE : null;
};

const TOO_LARGE: Refusal = { status: 413, message: `Send at most ${BODY_BYTES_MAX} bytes.` };

const toResponse = ({ status, message }: Refusal): Response =>
  Response.json({ error: { message } }, { status, headers: { "cache-control": "no-store" } });

/** Reads a body of unknown length no further than we would take it; null when it is larger. */
const readBody = async (request: Request): Promise<Uint8Array<ArrayBuffer> | null> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > BODY_BYTES_MAX) {
      await reader?.cancel();
      return null;
    }
    chunks.push(part.value);
  }
  return new Uint8Array(Buffer.concat(chunks));
};

/**
 * Lets a request of the API pass, with its body read, or answers it. Changes are taken as JSON from our own pages only:
 * another site can make a browser send a form with the cookies, but neither that type nor our origin.
 */
export const guardRequest = async (request: Request, origin: string): Promise<Request | Response> => {
  const refusal = refuse(request, origin);
  if (refusal) return toResponse(refusal);
  if (request.method === "GET") return request;
  const body = await readBody(request);
  if (!body) return toResponse(TOO_LARGE);
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body });
};
