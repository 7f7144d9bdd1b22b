import { readBody, type BodyLimits } from "../http/read-body";
import { refuseBody, refuseRequest } from "./refuse-request";

/** Larger than any call of ours, small enough to be harmless. */
const LIMITS: BodyLimits = { bytesMax: 256 * 1024, millisecondsMax: 10_000 };

/** Whether the request comes from a page of ours: by the browser's fetch metadata, else by the origin. */
const isFromOurPage = (headers: Headers, origin: string): boolean => {
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
  const reading = await readBody(request, LIMITS);
  if (reading.outcome !== "read") return refuseBody(reading.outcome, LIMITS.bytesMax);
  const { url, method, headers, signal } = request;
  return new Request(url, { method, headers, signal, body: reading.bytes });
};
