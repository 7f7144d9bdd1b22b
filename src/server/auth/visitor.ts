import { networkOf } from "../audit/network-of";
import { clientAddress } from "./client-address";
import { describeBrowser } from "./describe-browser";
import { cookieName, readCookies, type AuthSettings } from "./session-cookie";

/** Where a request comes from. */
export type Visitor = {
  /** Null: unknown. */
  readonly address: string | null;
  readonly userAgent: string | null;
  /** What the device's own cookie carries; none: it has no such cookie. */
  readonly deviceToken?: string | null;
};

/** Of whom nothing is known, as where no request is behind a call. */
export const NOBODY: Visitor = { address: null, userAgent: null };

export const visitorOf = (headers: Headers, settings: AuthSettings): Visitor => ({
  address: clientAddress(headers.get("x-forwarded-for"), settings.trustedProxyHops),
  userAgent: headers.get("user-agent"),
  deviceToken: readCookies(headers).get(cookieName("device", settings)) ?? null,
});

/** What the audit keeps of a visitor: no whole address, and no name that a browser made up. */
export const auditedVisitor = ({ address, userAgent }: Visitor) => ({
  network: networkOf(address),
  browser: describeBrowser(userAgent),
});
