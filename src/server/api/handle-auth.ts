import type { NextAuthOptions } from "next-auth";
import { createAuthOptions, type Door, type DoorOutcome } from "../auth/auth-options";
import { deviceCookie } from "../auth/known-device";
import { revokeSession } from "../auth/revoke-session";
import { cookieLine, cookieName, readSessionToken, type AuthSettings } from "../auth/session-cookie";
import type { SignInOutcome } from "../auth/sign-in";
import { visitorOf } from "../auth/visitor";
import type { Ports } from "../ports";
import { failureWords, reportFailure } from "../report-failure";
import { getServer } from "../runtime";
import { askNextAuth, type AuthReply } from "./ask-next-auth";
import { readAuthCall } from "./read-auth-call";
import { refuseRequest } from "./refuse-request";

type AuthServer = { readonly ports: Pick<Ports, "db" | "wallNow">; readonly auth: AuthSettings };

/** What next-auth answered to a request, if anything, and the request's headers. */
type Answered = { readonly reply: AuthReply | null; readonly headers: Headers };

/** The sign-in form reads the code from this address. */
const refuseSignIn = ({ publicUrl }: AuthSettings, status: 429 | 503, code: string): Response =>
  Response.json(
    { url: `${publicUrl.origin}/sign-in?error=${code}` },
    { status, headers: { "cache-control": "no-store" } },
  );

const toResponse = ({ status, headers, body }: AuthReply): Response => new Response(body, { status, headers });

/** Without our form's token next-auth does not sign out but redirects here to ask; no callback may lead here. */
const isUnproven = ({ target }: AuthReply): boolean => target?.endsWith("/api/auth/signout?csrf=true") ?? false;

/**
 * Clears all of the user's data in the browser except cookies: "cookies" would also clear the device cookie, which lets
 * its owner in while others guess, and those of other ports and sibling hosts.
 */
const signOut = (reply: AuthReply, settings: AuthSettings): Response => {
  const name = cookieName("session", settings);
  const others = reply.headers.getSetCookie().filter((line) => !line.startsWith(`${name}=`));
  reply.headers.delete("set-cookie");
  for (const line of others) reply.headers.append("set-cookie", line);
  reply.headers.append("set-cookie", cookieLine("session", "", { settings, seconds: 0 }));
  reply.headers.set("clear-site-data", '"cache", "storage"');
  return toResponse(reply);
};

/** Ends the session that the browser had before: nothing leads back to it, but whoever has a copy of its cookie. */
const revokeBefore = async ({ ports, auth }: AuthServer, headers: Headers, token: string): Promise<void> => {
  const before = await readSessionToken(headers, auth);
  if (before !== null && before !== token) await revokeSession(ports, before);
};

/** Revokes a session whose cookie could not be sent. */
const signedIn = async (
  { ports, auth }: AuthServer,
  outcome: Extract<SignInOutcome, { outcome: "signed-in" }>,
  { reply, headers }: Answered,
): Promise<Response> => {
  const name = cookieName("session", auth);
  if (!reply?.headers.getSetCookie().some((line) => line.startsWith(`${name}=`))) {
    await revokeSession(ports, outcome.token);
    return refuseSignIn(auth, 503, "Unavailable");
  }
  const { deviceToken } = outcome;
  if (deviceToken !== null) reply.headers.append("set-cookie", deviceCookie(deviceToken, auth));
  await revokeBefore({ ports, auth }, headers, outcome.token);
  return toResponse(reply);
};

/** One log line for errors inside next-auth, without the values it quotes. */
const logger: NonNullable<NextAuthOptions["logger"]> = {
  error: (code) => void reportFailure("auth", code),
  warn: () => undefined,
  debug: () => undefined,
};

const answerSignIn = async (server: AuthServer, result: DoorOutcome, answered: Answered): Promise<Response> => {
  const { reply } = answered;
  switch (result.outcome) {
    case "signed-in":
      return signedIn(server, result, answered);
    case "too-many-attempts": {
      const seconds = String(result.retryAfterSeconds);
      const refusal = refuseSignIn(server.auth, 429, `TooManyAttempts:${seconds}`);
      refusal.headers.set("retry-after", seconds);
      return refusal;
    }
    case "failed":
      return refuseSignIn(server.auth, 503, `Unavailable:${reportFailure("auth.signIn", result.error)}`);
    case "refused":
      return reply ? toResponse(reply) : refuseSignIn(server.auth, 503, "Unavailable");
  }
};

/** Answers sign-in, sign-out and their tokens: 429 after too many attempts, 503 where the check itself failed. */
export const answerAuthRequest = async (server: AuthServer, request: Request): Promise<Response> => {
  const { ports, auth } = server;
  // A browser's own error report, which is dropped.
  if (new URL(request.url).pathname === "/api/auth/_log") return new Response(null, { status: 204 });
  const call = await readAuthCall(request, auth);
  if (call instanceof Response) return call;
  const results: DoorOutcome[] = [];
  const door: Door = { visitor: visitorOf(request.headers, auth), report: (result) => void results.push(result) };
  const options = { ...createAuthOptions(ports, auth, door), logger };
  const asked = await askNextAuth(options, call, auth.publicUrl).catch((error: unknown) =>
    reportFailure("auth", error),
  );
  const reply = typeof asked === "string" ? null : asked;
  const [result] = results;
  if (result) return answerSignIn(server, result, { reply, headers: request.headers });
  if (typeof asked === "string") return refuseRequest(503, failureWords(asked));
  const isSignOut = call.method === "POST" && call.path[0] === "signout";
  return isSignOut && !isUnproven(asked) ? signOut(asked, auth) : toResponse(asked);
};

export const handleAuthRequest = (request: Request): Promise<Response> => answerAuthRequest(getServer(), request);
