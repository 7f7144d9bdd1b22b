import { findSession, type SignedIn } from "../../auth/find-session";
import { deviceCookie } from "../../auth/known-device";
import { readSessionToken, type AuthSettings } from "../../auth/session-cookie";
import { visitorOf, type Visitor } from "../../auth/visitor";
import type { Ports } from "../../ports";

/** What the API's verbs may use; a test brings its own. */
export type ApiPorts = Pick<
  Ports,
  | "db"
  | "wallNow"
  | "newId"
  | "live"
  | "pulse"
  | "streams"
  | "exports"
  | "calls"
  | "events"
  | "mail"
  | "site"
  | "quota"
  | "models"
  | "modelOf"
  | "resolveHost"
>;

/** What a procedure knows about its call. */
export type ApiContext = {
  readonly ports: ApiPorts;
  readonly session: SignedIn | null;
  /** None where no request is behind the call. */
  readonly visitor?: Visitor;
  /** Makes the device that asks a known one, by the token for its cookie. None where no answer carries cookies. */
  readonly giveDevice?: (token: string) => void;
};

/** Looks the session up in the database at every call, so that a revoked one ends at once. */
export const createContext = async (
  { ports, auth }: { readonly ports: ApiPorts; readonly auth: AuthSettings },
  headers: Headers,
  resHeaders?: Headers,
): Promise<ApiContext> => {
  const token = await readSessionToken(headers, auth);
  const session = token === null ? null : await findSession(ports, token);
  const giveDevice = (device: string): void => resHeaders?.append("set-cookie", deviceCookie(device, auth));
  return { ports, session, visitor: visitorOf(headers, auth), giveDevice };
};
