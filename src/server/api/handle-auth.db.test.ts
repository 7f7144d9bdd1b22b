import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createUser } from "../auth/create-user";
import { createRuntime, type Runtime } from "../runtime";
import { answerAuthRequest } from "./handle-auth";

const ORIGIN = "http://localhost:3000";
const EMAIL = "trader@example.org";
const PASSWORD = "a long enough password";
const auth = { secret: "a secret of the test alone, by chance", publicUrl: new URL(ORIGIN), trustedProxyHops: 0 };
const FORM = "application/x-www-form-urlencoded";

let database: TestDatabase;
let runtime: Runtime;
beforeAll(async () => {
  database = await createTestDatabase();
  runtime = createRuntime({ databaseUrl: database.url, poolMax: 5 });
  await createUser(runtime, { email: EMAIL, password: PASSWORD });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await runtime.close();
  await database.drop();
});

type Fields = Readonly<Record<string, string>>;

/** A browser's cookies and what it does with them. */
const createBrowser = (ports: Pick<Runtime, "db" | "wallNow"> = runtime, settings = auth) => {
  const cookies = new Map<string, string>();
  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie && { cookie }), ...(init.headers as Fields) };
    const response = await answerAuthRequest(
      { ports, auth: settings },
      new Request(ORIGIN + path, { ...init, headers }),
    );
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const post = async (path: string, fields: Fields): Promise<Response> => {
    const { csrfToken } = (await (await send("/api/auth/csrf")).json()) as { csrfToken: string };
    return send(path, { method: "POST", body: new URLSearchParams({ csrfToken, ...fields }) });
  };
  const signIn = (fields: Fields = {}) =>
    post("/api/auth/callback/credentials", { email: EMAIL, password: PASSWORD, json: "true", ...fields });
  return { cookies, send, post, signIn };
};

const openSessions = () => runtime.db.session.count({ where: { revokedAt: null } });
const urlOf = async (response: Response): Promise<string> => ((await response.json()) as { url: string }).url;

describe("signing in", () => {
  it.each([
    ["/bots", "/bots"],
    ["/TooManyAttempts:5", "/TooManyAttempts:5"],
    ["/?error=TooManyAttempts:5", "/?error=TooManyAttempts:5"],
    ["/%", "/"],
    ["%", "/%25"],
    ["https://evil.test/", "/"],
    ["//evil.test", "/"],
    ["javascript:alert(1)", "/"],
  ])("with the callback %s opens a session, gives its cookie and leads to our own %s", async (callbackUrl, target) => {
    for (const json of ["true", "false"]) {
      const browser = createBrowser();
      const response = await browser.signIn({ callbackUrl, json });
      const location = json === "true" ? await urlOf(response) : (response.headers.get("location") ?? "");
      expect(response.status).toBe(json === "true" ? 200 : 302);
      expect(browser.cookies.has("0xbot.session")).toBe(true);
      if (callbackUrl === "%") expect(new URL(location).origin).toBe(ORIGIN);
      else expect(location.replace(/\/$/, "")).toBe((ORIGIN + target).replace(/\/$/, ""));
    }
  });

  it("is not hindered by a callback that somebody put into a cookie or the address", async () => {
    for (const planted of ["/%", "https://evil.test", "javascript:x", "%E0%A4%A"]) {
      const browser = createBrowser();
      browser.cookies.set("0xbot.callback", planted);
      expect((await browser.signIn()).status).toBe(200);
      const asked = await browser.send(`/api/auth/signin?callbackUrl=${encodeURIComponent(planted)}`);
      expect(new URL(asked.headers.get("location") ?? "", ORIGIN).origin).toBe(ORIGIN);
    }
  });

  it("gives the device a cookie of its own, once, that signing out leaves", async () => {
    const browser = createBrowser();
    const first = await browser.signIn();
    const line = first.headers.getSetCookie().find((cookie) => cookie.startsWith("0xbot.device="));
    expect(line).toMatch(/^0xbot\.device=[\w-]{43}; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Lax$/);
    await browser.post("/api/auth/signout", { json: "true" });
    expect(browser.cookies.has("0xbot.device")).toBe(true);
    const again = await browser.signIn();
    expect(again.headers.getSetCookie().join()).not.toContain("0xbot.device");
  });

  it("that cannot be looked up says 503, opens nothing and logs one line without what was sent", async () => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const broken = createRuntime({ databaseUrl: "postgresql://nobody@127.0.0.1:1/none" });
    const response = await createBrowser(broken).signIn();
    await broken.close();
    const lines = written.mock.calls.map(([text]) => String(text));
    written.mockRestore();
    expect([response.status, await urlOf(response)]).toEqual([503, `${ORIGIN}/sign-in?error=Unavailable`]);
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toMatch(/example\.org|127\.0\.0\.1/);
  });

  it("of which the cookie cannot be made leaves no session open", async () => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const opened = await openSessions();
    const before = await runtime.db.session.count();
    // Proves the form's token, but is nothing that a cookie can be sealed with.
    const secret = { toString: () => auth.secret } as unknown as string;
    const response = await createBrowser(runtime, { ...auth, secret }).signIn();
    written.mockRestore();
    expect([response.status, await urlOf(response)]).toEqual([503, `${ORIGIN}/sign-in?error=Unavailable`]);
    expect(response.headers.getSetCookie().join()).not.toContain("0xbot.session=e");
    expect(await runtime.db.session.count()).toBe(before + 1);
    expect(await openSessions()).toBe(opened);
  });
});

describe("signing out", () => {
  it.each(["/sign-in", "/%", "https://evil.test", "/TooManyAttempts:5"])(
    "with the callback %s ends the session, clears its cookie and what the browser keeps",
    async (callbackUrl) => {
      const browser = createBrowser();
      await browser.signIn();
      const before = await openSessions();
      const response = await browser.post("/api/auth/signout", { callbackUrl, json: "true" });
      expect(response.status).toBe(200);
      expect(await openSessions()).toBe(before - 1);
      expect(response.headers.getSetCookie()).toContainEqual(
        "0xbot.session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax",
      );
      // Not "cookies", which would take the device's too.
      expect(response.headers.get("clear-site-data")).toBe('"cache", "storage"');
    },
  );

  it("clears a cookie that opens nothing, too", async () => {
    const browser = createBrowser();
    browser.cookies.set("0xbot.session", "garbage");
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await browser.post("/api/auth/signout", { json: "true" });
    written.mockRestore();
    expect(browser.cookies.has("0xbot.session")).toBe(false);
  });

  it("by another site, which has no token of the form, ends nothing", async () => {
    const browser = createBrowser();
    await browser.signIn();
    const before = await openSessions();
    const response = await browser.send("/api/auth/signout", { method: "POST", body: new URLSearchParams({}) });
    expect(response.headers.get("clear-site-data")).toBeNull();
    expect([browser.cookies.has("0xbot.session"), await openSessions()]).toEqual([true, before]);
  });
});

describe("what is not a form of ours", () => {
  const json = (body: string) => ({ method: "POST", body, headers: { "content-type": "application/json" } });
  const form = (body: string) => ({ method: "POST", body, headers: { "content-type": FORM } });
  const SIGN_IN = "/api/auth/callback/credentials";

  it.each([
    ["reading where one signs in", SIGN_IN, {}, 405],
    ["malformed JSON", SIGN_IN, json("{"), 400],
    ["JSON that is no object", SIGN_IN, json("null"), 400],
    ["a NUL", SIGN_IN, form("email=a%00b&password=x"), 400],
    ["a NUL in JSON", SIGN_IN, json('{"email":"a\\u0000b"}'), 400],
    ["another type", SIGN_IN, { method: "POST", body: "x", headers: { "content-type": "text/plain" } }, 415],
    ["a body too large", SIGN_IN, form("a".repeat(16_385)), 413],
    ["a body too large to sign out", "/api/auth/signout", form("a".repeat(16_385)), 413],
    ["another provider", "/api/auth/callback/github", form(""), 404],
    ["another path", "/api/auth/verify-request", {}, 404],
    ["a path of the language", "/api/auth/constructor", {}, 404],
    ["another method", "/api/auth/session", { method: "DELETE" }, 405],
    ["a report of an error", "/api/auth/_log", form("level=constructor&code=x"), 204],
  ] as const)("%s is answered as such", async (_what, path, init, status) => {
    const response = await createBrowser().send(path, init as RequestInit);
    expect(response.status).toBe(status);
  });
});

describe("whatever is sent", () => {
  const trouble = fc.constantFrom(
    "\0",
    "/%",
    "%",
    "//evil.test",
    "javascript:x",
    "\r\nx: y",
    "__proto__",
    "a=b;c",
    "null",
  );
  const text = fc.oneof(trouble, fc.string({ unit: "binary", maxLength: 40 }), fc.string({ maxLength: 20 }));
  const path = fc.oneof(
    fc.constantFrom("session", "csrf", "providers", "signin", "signin/credentials", "signout", "error"),
    fc.constantFrom("callback/credentials", "callback", "_log", "verify-request", "callback/x", "%", "..%2f", "a//b"),
    text.map(encodeURIComponent),
  );
  const fields = fc.record(
    {
      email: fc.oneof(fc.constant("somebody@example.org"), text),
      password: text,
      callbackUrl: fc.oneof(fc.constant("/bots"), fc.webUrl(), text),
      json: fc.constantFrom("true", "false"),
      data: text,
    },
    { requiredKeys: [] },
  );
  const query = fc.record({ callbackUrl: text, error: text, csrf: text, nextauth: text }, { requiredKeys: [] });
  const sent = fc.record({
    path,
    query,
    body: fc.oneof(
      fields.map((values) => ({ type: FORM, text: new URLSearchParams(values).toString() })),
      fields.map((values) => ({ type: "application/json", text: JSON.stringify(values) })),
      fc.tuple(fc.constantFrom(FORM, "application/json"), text).map(([type, raw]) => ({ type, text: raw })),
    ),
    method: fc.constantFrom("GET", "POST", "POST", "POST", "PUT", "HEAD", "OPTIONS"),
    cookies: fc.dictionary(fc.constantFrom("0xbot.session", "0xbot.callback", "0xbot.device", "x"), text),
    isProven: fc.boolean(),
  });

  it("is answered as done, elsewhere or the sender's fault: never 5xx, never another site, never a session", async () => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const before = await openSessions();
    await fc.assert(
      fc.asyncProperty(sent, async ({ path: to, query: asked, body, method, cookies, isProven }) => {
        const browser = createBrowser();
        const { csrfToken } = (await (await browser.send("/api/auth/csrf")).json()) as { csrfToken: string };
        for (const [name, value] of Object.entries(cookies)) browser.cookies.set(name, encodeURIComponent(value));
        const proof = body.type === FORM ? `&csrfToken=${csrfToken}` : "";
        const init = {
          method,
          headers: { "content-type": body.type },
          ...(method !== "GET" && method !== "HEAD" && { body: body.text + (isProven ? proof : "") }),
        };
        const response = await browser.send(`/api/auth/${to}?${new URLSearchParams(asked).toString()}`, init);
        expect(response.status).toBeLessThan(500);
        const location = response.headers.get("location");
        if (location !== null) expect(new URL(location, ORIGIN).origin).toBe(ORIGIN);
      }),
      { numRuns: 300, seed: 20_261_126 },
    );
    written.mockRestore();
    expect(await openSessions()).toBe(before);
  });
});
