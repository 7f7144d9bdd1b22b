import { NextRequest } from "next/server";
import { expect, it } from "vitest";
import { proxy } from "./proxy";

const policyOf = (response: Response): Record<string, string> => {
  const policy = response.headers.get("content-security-policy") ?? "";
  return Object.fromEntries(policy.split("; ").map((part) => part.split(/ (.*)/s, 2) as [string, string]));
};

it("a page may load and run what is ours and nothing else, and be framed by nobody", () => {
  const response = proxy(new NextRequest("http://localhost:3000/bots"));
  const policy = policyOf(response);
  const nonce = /'nonce-([^']{24})'/.exec(policy["script-src"] ?? "")?.[1];
  expect(policy).toEqual({
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src": `'self' 'nonce-${nonce}'`,
    "style-src-attr": "'unsafe-inline'",
    "img-src": "'self' blob: data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  });
});

it("what a client says of policy and nonce decides nothing", () => {
  const headers = { "x-nonce": "mine", "content-security-policy": "script-src 'nonce-mine'" };
  const response = proxy(new NextRequest("http://localhost:3000/bots", { headers }));
  expect(response.headers.get("x-middleware-request-x-nonce")).toHaveLength(24);
  expect(response.headers.get("x-middleware-request-content-security-policy")).not.toContain("mine");
});
