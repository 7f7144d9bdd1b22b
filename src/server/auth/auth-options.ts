import type { CookieOption, NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { Ports } from "../ports";
import { findSession } from "./find-session";
import { SESSION_SECONDS } from "./open-session";
import { revokeSession } from "./revoke-session";
import { cookieName, isSecure, type AuthSettings } from "./session-cookie";
import { signIn, type SignInOutcome } from "./sign-in";
import type { Visitor } from "./visitor";

/** How an attempt ended; `failed`: the check itself failed. */
export type DoorOutcome = SignInOutcome | { readonly outcome: "failed"; readonly error: unknown };

/** Who attempts to sign in, and who is told how the attempt ended. */
export type Door = {
  readonly visitor: Visitor;
  /** Needed because next-auth itself passes on only a text in an address. */
  readonly report: (outcome: DoorOutcome) => void;
};

const cookie = (name: string, settings: AuthSettings): CookieOption => ({
  name: cookieName(name, settings),
  options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(settings) },
});

const createProvider = (ports: Pick<Ports, "db" | "wallNow">, { visitor, report }: Door) =>
  Credentials({
    credentials: { email: { type: "email" }, password: { type: "password" } },
    authorize: async (credentials) => {
      const result = await signIn(ports, { ...visitor, credentials }).catch((error: unknown): DoorOutcome => ({
        outcome: "failed",
        error,
      }));
      report(result);
      return result.outcome === "signed-in" ? { id: result.token } : null;
    },
  });

/**
 * next-auth only as the entrance: its encrypted cookie carries the token of a Session row and no user data, so that a
 * revoked session ends at once and the role is the database's.
 */
export const createAuthOptions = (
  ports: Pick<Ports, "db" | "wallNow">,
  settings: AuthSettings,
  door: Door,
): NextAuthOptions => ({
  secret: settings.secret,
  session: { strategy: "jwt", maxAge: SESSION_SECONDS },
  useSecureCookies: isSecure(settings),
  cookies: {
    sessionToken: cookie("session", settings),
    csrfToken: cookie("csrf", settings),
    callbackUrl: cookie("callback", settings),
  },
  pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/bots" },
  providers: [createProvider(ports, door)],
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
