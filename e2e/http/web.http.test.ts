import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/test-database";
import { startApp, type App } from "./start-app";
import { createVisitor } from "./visitor";

const SECRET = randomBytes(32).toString("hex");
/** Every query fails with this URL. */
const NO_DATABASE = "postgresql://nobody@127.0.0.1:1/none";

let database: TestDatabase;
let plain: App;
let secure: App;
beforeAll(async () => {
  database = await createTestDatabase();
  const env = { DATABASE_URL: database.url, NEXTAUTH_SECRET: SECRET };
  plain = await startApp(env);
  secure = await startApp({ ...env, DATABASE_URL: NO_DATABASE, NEXTAUTH_URL: "https://bots.example" });
});
afterAll(async () => {
  await Promise.all([plain.stop(), secure.stop()]);
  await database.drop();
});

const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;

const nonceOf = (response: Response): string =>
  /'nonce-([^']+)'/.exec(response.headers.get("content-security-policy") ?? "")?.[1] ?? "";

describe("pages", () => {
  it("run only scripts with the nonce of their own answer", async () => {
    const [first, second] = [await fetch(`${plain.url}/sign-in`), await fetch(`${plain.url}/sign-in`)];
    expect(nonceOf(first)).not.toBe("");
    expect(nonceOf(first)).not.toBe(nonceOf(second));
    const policy = first.headers.get("content-security-policy") ?? "";
    expect(/script-src[^;]*/.exec(policy)?.[0]).not.toMatch(/unsafe/);
    const html = await first.text();
    const scripts = html.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonceOf(first)}"`))).toEqual([]);
    expect(html).not.toMatch(/\son[a-z]+=/);
  });

  it.each(["/", "/sign-in", "/bots", "/api/trpc/auth.me"])(
    "%s carries the security headers and no version",
    async (path) => {
      const { headers } = await fetch(plain.url + path, { redirect: "manual" });
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("permissions-policy")).toBe("camera=(), microphone=(), geolocation=(), payment=()");
      expect(headers.get("cache-control")).toContain("no-store");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(headers.get("strict-transport-security")).toBeNull();
    },
  );

  it("have a form that works without a mouse: every field has its label", async () => {
    const html = await (await fetch(`${plain.url}/sign-in?error=CredentialsSignin`)).text();
    for (const name of ["email", "password"]) {
      const [field = ""] = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html) ?? [];
      const [, id = "none"] = / id="([^"]+)"/.exec(field) ?? [];
      expect(html, name).toContain(`for="${id}"`);
    }
    expect(html).toMatch(/role="alert"[^>]*>E-mail and password do not match/);
  });
});

const policyOf = ({ headers }: Response): string => headers.get("content-security-policy") ?? "";

/** Headers of requests that prefetch a page, or a part of one. */
const PREFETCHES: readonly Readonly<Record<string, string>>[] = [
  { "next-router-prefetch": "1" },
  { "next-router-prefetch": "1", rsc: "1" },
  { purpose: "prefetch" },
  { "sec-purpose": "prefetch;prerender" },
  { "x-middleware-prefetch": "1" },
  { rsc: "1", "next-router-state-tree": "%5B%5D" },
];

describe("the content policy", () => {
  it.each(PREFETCHES)("of a page does not depend on a request with %j", async (headers) => {
    const page = await fetch(`${plain.url}/sign-in`, { headers });
    expect(policyOf(page)).toMatch(/script-src 'self' 'nonce-/);
    expect(policyOf(page)).toContain("frame-ancestors 'none'");
  });

  it.each(["/no-such-page", "/apiary", "/_next/static/none.js", "/icon.svg.html", "/%", "/bots/%E0%A4%A"])(
    "is on the error page of %s, which runs no script of others",
    async (path) => {
      const answer = await fetch(plain.url + path, { redirect: "manual" });
      expect(answer.ok).toBe(false);
      expect(policyOf(answer)).toMatch(/script-src 'self' 'nonce-|default-src 'none'/);
      expect(policyOf(answer)).not.toMatch(/script-src[^;]*unsafe/);
    },
  );

  it.each(["/api/health", "/api/no-such", "/api/trpc/auth.me", "/api/auth/csrf", "/icon.svg"])(
    "of %s, which is no page, lets nothing load",
    async (path) => {
      expect(policyOf(await fetch(plain.url + path))).toMatch(/^default-src 'none';.*frame-ancestors 'none'$/);
    },
  );
});

it("a page may start workers of this site alone, and what they begin with loads scripts of this site and nothing else", async () => {
  const page = await fetch(`${plain.url}/sign-in`);
  expect(policyOf(page)).toContain("worker-src 'self'");
  const [, script] = /src="(\/_next\/static\/[^"]+\.js[^"]*)"/.exec(await page.text()) ?? [];
  const policy = policyOf(await fetch(plain.url + (script ?? "")));
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; base-uri 'none';.*frame-ancestors 'none'$/);
});

describe("behind https", () => {
  it.each([
    "/",
    "/sign-in",
    "/no-such-page",
    "/%",
    "/icon.svg",
    "/_next/static/none.js",
    "/api/health",
    "/api/auth/csrf",
    "/api/trpc/auth.me",
    "/api/inngest",
    "/api/no-such",
    "/bots",
  ])("every answer tells browsers to stay with https: %s", async (path) => {
    for (const method of ["GET", "POST"]) {
      const { headers } = await fetch(secure.url + path, { method, redirect: "manual" });
      expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}; includeSubDomains$/);
    }
  });

  it("cookies are Secure and bound to the host, and browsers are told to stay with https", async () => {
    const cookies = (await fetch(`${secure.url}/api/auth/csrf`)).headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-0xbot\.[a-z]+=.*; Secure/);
    expect((await fetch(`${secure.url}/sign-in`)).headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
  });
});

it("bodies for pages, which take none, are not kept while they come: nobody fills the memory with them", async () => {
  const body = Buffer.alloc(9_900_000, 97);
  const before = residentBytes(plain.pid);
  const held = Array.from({ length: 20 }, () => {
    const request = httpRequest(`${plain.url}/sign-in`, { method: "POST", headers: { "content-length": 60_000_000 } });
    request.on("error", () => undefined);
    return request;
  });
  await Promise.all(held.map((request) => new Promise<void>((resolve) => void request.write(body, () => resolve()))));
  const grown = residentBytes(plain.pid) - before;
  for (const request of held) request.destroy();
  expect(grown).toBeLessThan(100_000_000);
  expect((await fetch(`${plain.url}/sign-in`)).status).toBe(200);
});

describe("the API", () => {
  const post = (init: RequestInit) => fetch(`${plain.url}/api/trpc/auth.me`, { method: "POST", body: "{}", ...init });

  it("takes no change from another site, in no form", async () => {
    const evil = { origin: "https://evil.test" };
    const form = new FormData();
    form.set("a", "1");
    expect((await post({ headers: evil, body: form })).status).toBe(403);
    expect((await post({ headers: { ...evil, "content-type": "application/json" } })).status).toBe(403);
    expect((await post({ headers: { origin: plain.url, "content-type": "text/plain" } })).status).toBe(415);
  });

  it("refuses a batch of 11 calls, takes one of 10, and refuses 5 MB", async () => {
    const batch = (size: number) => fetch(`${plain.url}/api/trpc/${Array(size).fill("auth.me").join(",")}?batch=1`);
    expect((await batch(10)).status).toBe(401);
    expect((await batch(11)).status).toBe(400);
    const headers = { origin: plain.url, "content-type": "application/json" };
    expect((await post({ headers, body: "x".repeat(5_000_000) })).status).toBe(413);
  });

  it.each(["/api/trpc/auth.me", "/api/auth/callback/credentials"])(
    "answers 413 to 60 MB for %s, announced or not, and its memory does not grow with them",
    async (path) => {
      const chunk = new Uint8Array(1_000_000).fill(97);
      const headers = { origin: plain.url, "content-type": "application/json" };
      let sent = 0;
      const stream = () =>
        new ReadableStream({
          pull: (controller) => (sent++ % 60 < 59 ? controller.enqueue(chunk) : controller.close()),
        });
      const before = residentBytes(plain.pid);
      for (let n = 0; n < 3; n++) {
        const unannounced = { method: "POST", headers, body: stream(), duplex: "half" } as RequestInit;
        expect((await fetch(plain.url + path, unannounced)).status).toBe(413);
      }
      const announced = { method: "POST", headers, body: Buffer.alloc(60_000_000, 97) };
      expect((await fetch(plain.url + path, announced)).status).toBe(413);
      expect(residentBytes(plain.pid) - before).toBeLessThan(100_000_000);
    },
  );

  it("answers errors without stack or path of the machine", async () => {
    for (const path of ["auth.me", "bots.byId?input=%7B%7D", "no.such"]) {
      const text = await (await fetch(`${plain.url}/api/trpc/${path}`)).text();
      expect(text).not.toMatch(/stack|node_modules|\.ts\b|\/src\//);
    }
  });
});

it("with the embedded runner there is no door to the functions", async () => {
  for (const method of ["GET", "POST", "PUT"]) {
    const body = method === "GET" ? {} : { body: "{}", headers: { "content-type": "application/json" } };
    const url = `${plain.url}/api/inngest?fnId=0xbot-housekeeping&stepId=step`;
    expect((await fetch(url, { method, ...body })).status).toBe(404);
  }
});

it("a server without its secret does not start, and says which variable is missing", async () => {
  await expect(startApp({ DATABASE_URL: database.url })).rejects.toThrow(/NEXTAUTH_SECRET is not set/);
});

it("a server for the public that knows no client's address says so, once", () => {
  expect(secure.output().match(/TRUSTED_PROXY_HOPS/g)).toHaveLength(1);
  expect(plain.output()).not.toContain("TRUSTED_PROXY_HOPS");
});

it("a visitor without a session costs no query and no stack: nothing is logged where there is no database", async () => {
  const before = secure.output();
  const id = "00000000-0000-4000-8000-000000000001";
  const visitor = createVisitor(secure.url);
  for (const page of ["overview", "bots", `bots/${id}`, `bots/${id}/ledger`, `cycles/${id}`, "venues"]) {
    visitor.cookies.set("__Host-0xbot.session", page === "bots" ? "garbage" : "");
    const answer = await visitor.get(`/${page}`);
    expect([page, answer.status, answer.headers.get("location")]).toEqual([page, 307, "/sign-in"]);
  }
  expect((await visitor.get("/")).status).toBe(200);
  expect((await visitor.get("/sign-in")).status).toBe(200);
  expect(secure.output()).toBe(before);
});

it("a visitor without a session is asked to sign in, once", async () => {
  const visitor = createVisitor(plain.url);
  expect((await visitor.get("/bots")).headers.get("location")).toBe("/sign-in");
  expect((await visitor.get("/sign-in")).status).toBe(200);
});
