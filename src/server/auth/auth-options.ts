import type { CookieOption, NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { Ports } from "../ports";
import { clientAddress } from "./client-address";
import { findSession } from "./find-session";
import { SESSION_SECONDS } from "./open-session";
import { revokeSession } from "./revoke-session";
import { cookieName, isSecure, type AuthSettings } from "./session-cookie";
import { signIn } from "./sign-in";

/** Thrown to next-auth, which passes the message on to the sign-in page; the seconds to wait follow it. */
export const TOO_MANY_ATTEMPTS = "TooManyAttempts:";

const cookie = (name: string, settings: AuthSettings): CookieOption => ({
  name: cookieName(name, settings),
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(settings) },
});

const headerOf = (headers: unknown, name: string): string | null => {
  const value: unknown = (headers as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === "string" ? value : null;
};

const createProvider = (ports: Pick<Ports, "db" | "wallNow">, settings: AuthSettings) =>
  Credentials({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    authorize: async (credentials, { headers }) => {
      const result = await signIn(ports, {
        credentials,
        address: clientAddress(headerOf(headers, "x-forwarded-for"), settings.trustedProxyHops),
        userAgent: headerOf(headers, "user-agent"),
      });
      if (result.outcome === "too-many-attempts") throw new Error(`${TOO_MANY_ATTEMPTS}${result.retryAfterSeconds}`);
      return result.outcome === "signed-in" ? { id: result.token } : null;
    },
  });

/**
 * next-auth as the door only: its encrypted cookie carries the token of a Session row and nothing of the user, so
 * that a revoked session is over at once and a role is the database's.
 */
export const createAuthOptions = (ports: Pick<Ports, "db" | "wallNow">, settings: AuthSettings): NextAuthOptions => ({
  secret: settings.secret,
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  useSecureCookies: isSecure(settings),
  cookies: {
    sessionToken: cookie("session", settings),
    csrfToken: cookie("csrf", settings),
    callbackUrl: cookie("callback", settings),
  },
  pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/bots" },
  providers: [createProvider(ports, settings)],
  callbacks: {
    // `user` is there at sign-in only: what authorize returned.
    jwt: ({ token, user }) => ({ sid: (user as { id: string } | undefined)?.id ?? token["sid"] }),
    session: async ({ session, token }) => {
      const found = typeof token["sid"] === "string" ? await findSession(ports, token["sid"]) : null;
      return { expires: session.expires, ...(found && { user: { email: found.email } }) };
    },
  },
  events: {
    signOut: async ({ token }) => {
      if (typeof token["sid"] === "string") await revokeSession(ports, token["sid"]);
    },
  },
});
