import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { createUser } from "../auth/create-user";
import { createRuntime, type Runtime } from "../runtime";
import { BROWSER_ORIGIN as ORIGIN, createBrowser } from "../testing/browser-fixture";
import { answerAuthRequest } from "./handle-auth";

const EMAIL = "trader@example.org";
const PASSWORD = "a long enough password";
const auth = { secret: "a secret of the test alone, by chance", publicUrl: new URL(ORIGIN), trustedProxyHops: 0 };
const FORM = "application/x-www-form-urlencoded";

let runtime: Runtime;
openBed((bed) => ({ runtime } = bed));
beforeAll(async () => {
  await createUser(runtime, { email: EMAIL, password: PASSWORD });
});
afterAll(() => void vi.restoreAllMocks());

type Fields = Readonly<Record<string, string>>;

const openBrowser = (ports: Pick<Runtime, "db" | "wallNow"> = runtime, settings = auth) => {
  const browser = createBrowser((request) => {
    if (request.headers.get("origin") === ORIGIN) request.headers.set("origin", settings.publicUrl.origin);
    return answerAuthRequest({ ports, auth: settings }, request);
  });
  const signIn = (fields: Fields = {}) =>
    browser.post("/api/auth/callback/credentials", { email: EMAIL, password: PASSWORD, json: "true", ...fields });
  return { ...browser, signIn };
};

const openSessions = () => runtime.db.session.count({ where: { revokedAt: null } });
const urlOf = async (response: Response): Promise<string> => ((await response.json()) as { url: string }).url;

describe("signing in", () => {
  it.each([
    ["/bots", "/bots"],
    ["/TooManyAttempts:5", "/TooManyAttempts:5"],
    ["/?error=TooManyAttempts:5", "/?error=TooManyAttempts:5"],
    ["/%", "/"],
    ["https://evil.test/", "/"],
    ["//evil.test", "/"],
    ["javascript:alert(1)", "/"],
  ])(
    "with the callback %s opens a session, gives its cookie and leads to our own page %s",
    async (callbackUrl, target) => {
      for (const json of ["true", "false"]) {
        const browser = openBrowser();
        const response = await browser.signIn({ callbackUrl, json });
        const location = json === "true" ? await urlOf(response) : (response.headers.get("location") ?? "");
        expect(response.status).toBe(json === "true" ? 200 : 302);
        expect(browser.cookies.has("0xbot.session")).toBe(true);
        expect(new URL(location).href).toBe(new URL(target, ORIGIN).href);
      }
    },
  );

  it("is not hindered by a callback that somebody put into a cookie or the address", async () => {
    for (const planted of ["/%", "https://evil.test", "javascript:x", "%E0%A4%A"]) {
      const browser = openBrowser();
      browser.cookies.set("0xbot.callback", planted);
      expect((await browser.signIn()).status).toBe(200);
      const asked = await browser.send(`/api/auth/signin?callbackUrl=${encodeURIComponent(planted)}`);
      expect(new URL(asked.headers.get("location") ?? "", ORIGIN).origin).toBe(ORIGIN);
    }
  });

  it("gives the device a cookie of its own, once, that signing out leaves", async () => {
    const browser = openBrowser();
    const first = await browser.signIn();
    const line = first.headers.getSetCookie().find((cookie) => cookie.startsWith("0xbot.device="));
    expect(line).toMatch(/^0xbot\.device=[\w-]{43}; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Lax$/);
    await browser.post("/api/auth/signout", { json: "true" });
    expect(browser.cookies.has("0xbot.device")).toBe(true);
    const again = await browser.signIn();
    expect(again.headers.getSetCookie().join()).not.toContain("0xbot.device");
  });

  it("is kept by no cache, and over https each of its cookies is Secure and bound to the host", async () => {
    const browser = openBrowser(runtime, { ...auth, publicUrl: new URL("https://bots.example") });
    const answers = [await browser.send("/api/auth/csrf"), await browser.signIn()];
    const lines = answers.flatMap(({ headers }) => headers.getSetCookie());
    expect(answers.map(({ headers }) => headers.get("cache-control"))).toEqual(["no-store", "no-store"]);
    expect(lines.map((line) => /^[^=]*/.exec(line)?.[0])).toContain("__Host-0xbot.device");
    for (const line of lines) expect(line).toMatch(/^__Host-0xbot\..*; Secure/);
  });

  it("counts the address that a proxy of ours saw, and none that a client makes up", async () => {
    const addresses = () => runtime.db.rateLimit.count({ where: { key: { startsWith: "sign-in-address:" } } });
    const guess = (trustedProxyHops: number) => {
      const browser = createBrowser((request) => {
        request.headers.set("x-forwarded-for", "203.0.113.7");
        return answerAuthRequest({ ports: runtime, auth: { ...auth, trustedProxyHops } }, request);
      });
      return browser.post("/api/auth/callback/credentials", {
        email: "nobody@example.org",
        password: "wrong password",
      });
    };
    const counts: number[] = [];
    for (const hops of [0, 1]) {
      await guess(hops);
      counts.push(await addresses());
    }
    expect(counts).toEqual([0, 1]);
  });

  it("that cannot be looked up says 503, opens nothing and logs one line without what was sent", async () => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const broken = createRuntime({ databaseUrl: "postgresql://nobody@127.0.0.1:1/none" });
    const response = await openBrowser(broken).signIn();
    await broken.close();
    const lines = written.mock.calls.map(([text]) => String(text));
    written.mockRestore();
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(lines).toHaveLength(1);
    const { reference } = JSON.parse(lines.join("")) as { reference: string };
    const told = `${ORIGIN}/sign-in?error=Unavailable:${reference}`;
    expect([response.status, await urlOf(response)]).toEqual([503, told]);
    expect(lines.join()).not.toMatch(/example\.org|127\.0\.0\.1/);
  });

  it("of which the cookie cannot be made leaves no session open", async () => {
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    const opened = await openSessions();
    const before = await runtime.db.session.count();
    // Proves the form's token, but is nothing that a cookie can be sealed with.
    const secret = { toString: () => auth.secret } as unknown as string;
    const response = await openBrowser(runtime, { ...auth, secret }).signIn();
    written.mockRestore();
    expect([response.status, await urlOf(response)]).toEqual([503, `${ORIGIN}/sign-in?error=Unavailable`]);
    expect(response.headers.getSetCookie().join()).not.toContain("0xbot.session=e");
    expect(await runtime.db.session.count()).toBe(before + 1);
    expect(await openSessions()).toBe(opened);
  });
});

describe("signing in again", () => {
  it("ends the session that the browser had, and no other", async () => {
    const [other, browser] = [openBrowser(), openBrowser()];
    await other.signIn();
    await browser.signIn();
    const before = await openSessions();
    const copy = browser.cookies.get("0xbot.session");
    expect((await browser.signIn()).status).toBe(200);
    expect(browser.cookies.get("0xbot.session")).not.toBe(copy);
    expect(await openSessions()).toBe(before);
    await browser.signIn({ password: "a wrong password" });
    expect(await openSessions()).toBe(before);
  });
});

describe("another site", () => {
  it.each([
    ["by its origin", { origin: "https://evil.test" }],
    ["by the browser's word", { origin: ORIGIN, "sec-fetch-site": "cross-site" }],
    ["without a word", {}],
  ])("signs nobody in with a token and a cookie that fit, told %s", async (_how, headers) => {
    const browser = openBrowser();
    const body = new URLSearchParams({ csrfToken: await browser.readToken(), email: EMAIL, password: PASSWORD });
    const before = await openSessions();
    const response = await browser.send("/api/auth/callback/credentials", { method: "POST", body, headers });
    expect([response.status, await openSessions()]).toEqual([403, before]);
  });
});

describe("signing out", () => {
  it.each(["/sign-in", "/%", "https://evil.test", "/TooManyAttempts:5"])(
    "with the callback %s ends the session, clears its cookie and what the browser keeps",
    async (callbackUrl) => {
      const browser = openBrowser();
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
    const browser = openBrowser();
    browser.cookies.set("0xbot.session", "garbage");
    const written = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await browser.post("/api/auth/signout", { json: "true" });
    written.mockRestore();
    expect(browser.cookies.has("0xbot.session")).toBe(false);
  });

  it("by another site, which has no token of the form, ends nothing", async () => {
    const browser = openBrowser();
    await browser.signIn();
    const before = await openSessions();
    const response = await browser.send("/api/auth/signout", { method: "POST", body: new URLSearchParams({}) });
    expect(response.headers.get("clear-site-data")).toBeNull();
    expect([browser.cookies.has("0xbot.session"), await openSessions()]).toEqual([true, before]);
  });
});

describe("what is not a form of ours", () => {
  const post = (body: string, type: string) => ({
    method: "POST",
    body,
    headers: { origin: ORIGIN, "content-type": type },
  });
  const json = (body: string) => post(body, "application/json");
  const form = (body: string) => post(body, FORM);
  const SIGN_IN = "/api/auth/callback/credentials";

  it.each([
    ["reading where one signs in", SIGN_IN, {}, 405],
    ["malformed JSON", SIGN_IN, json("{"), 400],
    ["JSON that is no object", SIGN_IN, json("null"), 400],
    ["a NUL", SIGN_IN, form("email=a%00b&password=x"), 400],
    ["a NUL in JSON", SIGN_IN, json('{"email":"a\\u0000b"}'), 400],
    ["another type", SIGN_IN, post("x", "text/plain"), 415],
    ["a body too large", SIGN_IN, form("a".repeat(16_385)), 413],
    ["a body too large to sign out", "/api/auth/signout", form("a".repeat(16_385)), 413],
    ["another provider", "/api/auth/callback/github", form(""), 404],
    ["another path", "/api/auth/verify-request", {}, 404],
    ["a path of the language", "/api/auth/constructor", {}, 404],
    ["another method", "/api/auth/session", { method: "DELETE" }, 405],
    ["a report of an error", "/api/auth/_log", form("level=constructor&code=x"), 204],
  ] as const)("%s is answered as such", async (_what, path, init, status) => {
    const response = await openBrowser().send(path, init);
    expect(response.status).toBe(status);
    expect(/^(GET|POST)/.test(response.headers.get("allow") ?? "")).toBe(status === 405);
  });
});
