import { callbackUrlOf } from "../auth/callback-url";
import { cookieName, readCookies, type AuthSettings } from "../auth/session-cookie";
import { isFromOurPage } from "./guard-request";
import { isStorable, UNSTORABLE } from "./procedure/decode-input";
import { readBody, type BodyLimits } from "../http/read-body";
import { refuseBody, refuseRequest } from "./refuse-request";

/** E-mail, password, tokens and an address. */
const LIMITS: BodyLimits = { bytesMax: 16 * 1024, millisecondsMax: 10_000 };
const BASE = "/api/auth/";

/** The next-auth paths that are served; no other is reachable. */
const ROUTES: Readonly<Record<string, readonly string[]>> = {
  session: ["GET"],
  csrf: ["GET"],
  providers: ["GET"],
  error: ["GET"],
  signin: ["GET", "POST"],
  "signin/credentials": ["GET", "POST"],
  signout: ["GET", "POST"],
  "callback/credentials": ["POST"],
};
const FIELDS = ["email", "password", "csrfToken", "callbackUrl", "json"] as const;
const TYPES = new Set(["application/json", "application/x-www-form-urlencoded"]);
/** Codes of next-auth and ours, which go into an address. */
const ERROR_CODE = /^[\w:]{1,64}$/;

type Texts = Readonly<Record<string, string>>;
export type AuthCall = {
  readonly method: "GET" | "POST";
  readonly path: readonly string[];
  readonly query: Texts;
  readonly fields: Texts;
  readonly cookies: Texts;
};

const parseFields = (type: string, text: string): unknown => {
  if (type !== "application/json") return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** The fields that the forms have; other fields and values that are not text are dropped. */
const pickFields = (fields: unknown): Texts | Response => {
  if (typeof fields !== "object" || fields === null) return refuseRequest(400, "The request cannot be read.");
  if (!isStorable(fields)) return refuseRequest(400, UNSTORABLE);
  const entries = FIELDS.map((name): [string, unknown] => [name, Reflect.get(fields, name)]);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
};

const readFields = async (request: Request): Promise<Texts | Response> => {
  const reading = await readBody(request, LIMITS);
  if (reading.outcome !== "read") return refuseBody(reading.outcome, LIMITS.bytesMax);
  if (reading.bytes.byteLength === 0) return {};
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!TYPES.has(type)) return refuseRequest(415, "Send a form or application/json.");
  return pickFields(parseFields(type, new TextDecoder().decode(reading.bytes)));
};

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** Keeps a `callbackUrl` only where it is a page of ours, in one spelling: next-auth fails on some others. */
const withSafeCallback = (values: Texts, name: string, { publicUrl }: AuthSettings): Texts => {
  const { [name]: asked, ...others } = values;
  const target = asked === undefined ? null : callbackUrlOf(asked, publicUrl);
  return target === null ? others : { ...others, [name]: target };
};

const queryOf = (parameters: URLSearchParams): Texts => {
  const { callbackUrl, error } = Object.fromEntries(parameters);
  return {
    ...(callbackUrl !== undefined && { callbackUrl }),
    error: error !== undefined && ERROR_CODE.test(error) ? error : "Default",
  };
};

/** What a request asks of next-auth, without anything that next-auth fails on, or its refusal. */
export const readAuthCall = async (request: Request, settings: AuthSettings): Promise<AuthCall | Response> => {
  const { pathname, searchParams } = new URL(request.url);
  const path = pathname.slice(BASE.length);
  const methods = Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined;
  const { method } = request;
  if (!methods) return refuseRequest(404, "Not found.");
  if (!methods.includes(method) || (method !== "GET" && method !== "POST")) {
    return refuseRequest(405, `Use ${methods.join(" or ")}.`, { allow: methods.join(", ") });
  }
  // The form's token proves less: whoever can plant a cookie, as a sibling host can, has a pair that fits.
  if (method === "POST" && !isFromOurPage(request.headers, settings.publicUrl.origin)) {
    return refuseRequest(403, "This request comes from another site.");
  }
  const fields = method === "POST" ? await readFields(request) : {};
  if (fields instanceof Response) return fields;
  const cookies = Object.fromEntries([...readCookies(request.headers)].map(([name, value]) => [name, decoded(value)]));
  return {
    method,
    path: path.split("/"),
    query: withSafeCallback(queryOf(searchParams), "callbackUrl", settings),
    fields: withSafeCallback(fields, "callbackUrl", settings),
    cookies: withSafeCallback(cookies, cookieName("callback", settings), settings),
  };
};
