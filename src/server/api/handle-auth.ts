import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { createAuthOptions, TOO_MANY_ATTEMPTS } from "../auth/auth-options";
import { getServer } from "../runtime";

type RouteContext = { readonly params: Promise<{ readonly nextauth: string[] }> };
type Handler = (request: NextRequest, context: RouteContext) => Promise<Response>;

/** The seconds to wait that an answer of next-auth speaks of, or null. It puts them where it sends the browser. */
const secondsToWait = async (response: Response): Promise<string | null> => {
  const target = response.headers.get("location") ?? (response.status === 401 ? await response.clone().text() : "");
  const [, seconds] = decodeURIComponent(target).split(TOO_MANY_ATTEMPTS);
  return /^\d+/.exec(seconds ?? "")?.[0] ?? null;
};

const tooManyAttempts = async (response: Response, seconds: string): Promise<Response> => {
  const headers = new Headers(response.headers);
  headers.delete("location");
  headers.set("retry-after", seconds);
  return new Response(await response.text(), { status: 429, headers });
};

/** Sign-in, sign-out and their tokens. Says 429 where there were too many tries. */
export const handleAuthRequest: Handler = async (request, context) => {
  const { ports, auth } = getServer();
  const answer = NextAuth(createAuthOptions(ports, auth)) as Handler;
  const response = await answer(request, context);
  const seconds = request.method === "POST" ? await secondsToWait(response) : null;
  return seconds === null ? response : tooManyAttempts(response, seconds);
};
