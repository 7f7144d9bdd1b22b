import NextAuth, { type NextAuthOptions } from "next-auth";
import type { AuthCall } from "./read-auth-call";

export type AuthReply = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
  /** Where the browser is redirected, by header or by script; null: nowhere. */
  readonly target: string | null;
};

type Handler = (request: object, response: object) => Promise<unknown>;

const setHeader = (headers: Headers, name: string, value: string | readonly string[]): void => {
  headers.delete(name);
  for (const line of [value].flat()) headers.append(name, line);
};

/**
 * Calls next-auth through its interface for Node requests, with input that was read and checked before, so that it
 * neither reads a body nor asks the framework for headers.
 */
export const askNextAuth = async (options: NextAuthOptions, call: AuthCall, publicUrl: URL): Promise<AuthReply> => {
  const headers = new Headers();
  let status = 200;
  let body: unknown = "";
  const response = {
    status: (code: number) => {
      status = code;
      return response;
    },
    getHeader: (name: string) => (name === "Set-Cookie" ? headers.getSetCookie() : headers.get(name)),
    setHeader: (name: string, value: string | string[]) => {
      setHeader(headers, name, value);
      return response;
    },
    json: (value: unknown) => {
      headers.set("content-type", "application/json");
      body = value;
    },
    send: (value: unknown) => {
      body = value;
    },
    end: () => undefined,
  };
  const { method, path, query, fields, cookies } = call;
  // On some hosts next-auth takes its own address from these headers, which a client could set.
  const host = { "x-forwarded-host": publicUrl.host, "x-forwarded-proto": publicUrl.protocol.slice(0, -1) };
  const request = { method, query: { ...query, nextauth: path }, body: fields, cookies, headers: host };
  await (NextAuth(options) as Handler)(request, response);
  headers.set("cache-control", "no-store");
  const said =
    typeof body === "object" && body !== null && "url" in body && typeof body.url === "string" ? body.url : null;
  const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
  return { status, headers, body: text, target: headers.get("location") ?? said };
};
