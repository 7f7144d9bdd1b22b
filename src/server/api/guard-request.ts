import { readBody, type BodyLimits } from "../http/read-body";
import { refuseBody, refuseRequest } from "./refuse-request";

const MILLISECONDS_MAX = 10_000;
/** More than any call needs that sends no settings of a bot; so much for all calls of a batch. */
const BYTES_MAX = 16 * 1024;
const SETTINGS_BYTES_MAX = 256 * 1024;
const SETTINGS_CALLS = new Set(["bots.create", "bots.edit"]);

/** A batch names its calls in the address; one that sends settings is as large as its settings may be. */
const limitsOf = ({ url }: Request): BodyLimits => {
  const calls = new URL(url).pathname.split("/").at(-1)?.split(/,|%2c/i) ?? [];
  const bytesMax = calls.some((call) => SETTINGS_CALLS.has(call)) ? SETTINGS_BYTES_MAX : BYTES_MAX;
  return { bytesMax, millisecondsMax: MILLISECONDS_MAX };
};

/** Whether the request comes from a page of ours: by the browser's fetch metadata, else by the origin. */
export const isFromOurPage = (headers: Headers, origin: string): boolean => {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.get("origin") === origin : site === "same-origin";
};

/**
 * Why a request is refused before its body is read, or null. A read (GET) changes nothing and needs no proof of origin.
 */
const refuse = ({ method, headers }: Request, origin: string): Response | null => {
  if (method === "GET") return null;
  if (method !== "POST") return refuseRequest(405, "Use GET or POST.");
  if (!isFromOurPage(headers, origin)) return refuseRequest(403, "This request comes from another site.");
  if (headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() !== "application/json") {
    return refuseRequest(415, "Send application/json.");
  }
  return null;
};

/**
 * Passes a request on to the API with its body read, or refuses it. Changes are accepted as JSON from our own pages
 * only: another site can make a browser send a form with the cookies, but neither that type nor our origin.
 */
export const guardRequest = async (request: Request, origin: string): Promise<Request | Response> => {
  const refusal = refuse(request, origin);
  if (refusal) return refusal;
  if (request.method === "GET") return request;
  const limits = limitsOf(request);
  const reading = await readBody(request, limits);
  if (reading.outcome !== "read") return refuseBody(reading.outcome, limits.bytesMax);
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body: reading.bytes });
};
