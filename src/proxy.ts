import { randomBytes } from "node:crypto";
import { NextResponse, type NextRequest } from "next/server";
import { getEnvironment } from "~/env";

/** Scripts run only with the nonce of this very answer; inline style attributes may, style elements may not. */
const contentSecurityPolicy = (nonce: string, isDevelopment: boolean): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src 'self'${isDevelopment ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Gives each page its own policy, whatever headers ask for it. Next reads the nonce from the request and stamps its scripts with it. */
export const proxy = (request: NextRequest): NextResponse => {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, getEnvironment().NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
};

export const config = {
  // Everything that may be a page; what is left out has the policy of src/default-headers.js.
  matcher: ["/((?!api/|_next/static/|_next/image$|icon.svg$).*)"],
};
