import { decode } from "next-auth/jwt";

export type AuthSettings = {
  /** Encrypts the cookie. */
  readonly secret: string;
  readonly publicUrl: URL;
  /** How many proxies of ours append to X-Forwarded-For. */
  readonly trustedProxyHops: number;
};

/** Whether cookies may be Secure: a browser drops those on plain http. */
export const isSecure = ({ publicUrl }: Pick<AuthSettings, "publicUrl">): boolean => publicUrl.protocol === "https:";

/** `__Host-` binds a cookie to this very host, and a browser takes it over https only. */
export const cookieName = (name: string, settings: Pick<AuthSettings, "publicUrl">): string =>
  `${isSecure(settings) ? "__Host-" : ""}0xbot.${name}`;

type CookieLife = { readonly settings: Pick<AuthSettings, "publicUrl">; readonly seconds: number };

/** The line that sets a cookie of ours. */
export const cookieLine = (name: string, value: string, { settings, seconds }: CookieLife): string =>
  [
    `${cookieName(name, settings)}=${value}`,
    "Path=/",
    `Max-Age=${seconds}`,
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure(settings) ? ["Secure"] : []),
  ].join("; ");

/** A request's cookies by name, as they came. Of two with one name the first counts, which is the narrower. */
export const readCookies = (headers: Headers): ReadonlyMap<string, string> =>
  new Map(
    (headers.get("cookie") ?? "")
      .split(";")
      .map((pair) => pair.trim())
      .filter((pair) => pair.includes("="))
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)] as const)
      .toReversed(),
  );

/** The session token in a request's cookies; null when there is none, or one that we did not make. */
export const readSessionToken = async (headers: Headers, settings: AuthSettings): Promise<string | null> => {
  const token = readCookies(headers).get(cookieName("session", settings));
  if (!token) return null;
  try {
    const payload = await decode({ token, secret: settings.secret });
    return typeof payload?.["sid"] === "string" ? payload["sid"] : null;
  } catch {
    return null;
  }
};
