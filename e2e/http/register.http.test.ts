import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureSecret } from "../../scripts/start/secrets";
import { waitUntil } from "../../scripts/postgres/wait-until";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/test-database";
import { createUser } from "../../src/server/auth/create-user";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { readMails } from "../../src/server/testing/mailbox-fixture";
import { startApp, type App } from "./start-app";
import { createVisitor, type Visitor } from "./visitor";

const PASSWORD = "a long enough password";
const KNOWN = "known@example.org";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-http-"));
let database: TestDatabase;
let runtime: Runtime;
let app: App;
beforeAll(async () => {
  database = await createTestDatabase();
  runtime = createRuntime({ databaseUrl: database.url, poolMax: 4 });
  await createUser(runtime, { email: KNOWN, password: PASSWORD });
  app = await startApp({
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: ensureSecret(folder, "nextauth"),
    REGISTRATION: "open",
    MAIL_FOLDER: folder,
  });
});
afterAll(async () => {
  await app.stop();
  await runtime.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Headers = Readonly<Record<string, string>>;
const ours = (): Headers => ({ origin: app.url, "content-type": "application/json" });

const call = (procedure: string, json: unknown, headers: Headers = ours()): Promise<Response> =>
  fetch(`${app.url}/api/trpc/${procedure}`, { method: "POST", headers, body: JSON.stringify({ json }) });
const asVisitor = (visitor: Visitor): Headers => ({
  ...ours(),
  cookie: `0xbot.session=${visitor.cookies.get("0xbot.session")}`,
});

/** The same call by another client, which names a host of its choice. */
const callWithHost = (procedure: string, json: unknown, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const url = new URL(`/api/trpc/${procedure}`, app.url);
    const sent = request(url, { method: "POST", headers: { ...ours(), host, "x-forwarded-host": host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("error", reject).end(JSON.stringify({ json }));
  });

/** The text of the mail to an address that has a link to this path. */
const mailTo = async (email: string, link: string): Promise<string> => {
  const find = () => readMails(folder).find(({ to, text }) => to === email && text.includes(link));
  await waitUntil(() => find() !== undefined, 20_000);
  return find()?.text ?? "no such mail";
};

describe("registering over HTTP", () => {
  it("lets one sign in at once, and shows an overview without bots and how to confirm the address", async () => {
    const email = "new@example.org";
    expect((await call("auth.register", { email: " NEW@example.org ", password: PASSWORD })).status).toBe(200);
    const visitor = createVisitor(app.url);
    expect((await visitor.signIn(email, PASSWORD)).status).toBe(200);
    const page = await (await visitor.get("/overview")).text();
    expect(page).toMatch(/no bots yet/i);
    expect(page).toContain("Confirm your e-mail.");
    expect(await mailTo(email, "/verify#")).toContain(`${app.url}/verify#`);
    expect(app.output()).toContain('Mail for n…@example.org, "Confirm your e-mail for 0xBot"');
    expect(app.output()).not.toMatch(/new@example|verify#/);
  });

  it("answers alike for an address that has an account: status, body and headers", async () => {
    const answers = [];
    for (const email of [KNOWN, "unknown@example.org"]) {
      const answer = await call("auth.register", { email, password: "quite another long one" });
      const headers = [...answer.headers].filter(([name]) => name !== "date");
      answers.push({ status: answer.status, body: await answer.text(), headers });
    }
    expect(answers[0]).toEqual(answers[1]);
    expect((await createVisitor(app.url).signIn(KNOWN, PASSWORD)).status).toBe(200);
  });

  it("is counted: the fourth with one address in an hour is told when to come back, also inside one batch", async () => {
    const asked = Array.from({ length: 5 }, () => ({ json: { email: "often@example.org", password: PASSWORD } }));
    const answer = await fetch(`${app.url}/api/trpc/${asked.map(() => "auth.register").join(",")}?batch=1`, {
      method: "POST",
      headers: ours(),
      body: JSON.stringify(Object.assign({}, asked)),
    });
    const parts = (await answer.json()) as { error?: { json: { data: { httpStatus: number } } } }[];
    const statuses = parts.map(({ error }) => error?.json.data.httpStatus ?? 200);
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  const asked = { email: "stranger@example.org", password: PASSWORD };
  it.each<readonly [string, number, () => Promise<Response>]>([
    ["another site's page", 403, () => call("auth.register", asked, { ...ours(), origin: "https://evil.test" })],
    ["a sibling of our site", 403, () => call("auth.register", asked, { ...ours(), "sec-fetch-site": "same-site" })],
    ["text", 415, () => call("auth.register", asked, { origin: app.url, "content-type": "text/plain" })],
    [
      "a form",
      415,
      () =>
        fetch(`${app.url}/api/trpc/auth.register`, {
          method: "POST",
          headers: { origin: app.url },
          body: new URLSearchParams(asked),
        }),
    ],
    [
      "a link",
      405,
      () => fetch(`${app.url}/api/trpc/auth.register?input=${encodeURIComponent(JSON.stringify({ json: asked }))}`),
    ],
    ["more than a form has", 400, () => call("auth.register", { ...asked, role: "admin" })],
  ])("by %s is refused with %i and makes nobody", async (_what, status, send) => {
    expect((await send()).status).toBe(status);
    expect(await runtime.db.user.count({ where: { email: asked.email } })).toBe(0);
  });
});

describe("a mailed link", () => {
  it("leads to the configured host, whatever host the request named", async () => {
    expect(await callWithHost("auth.requestReset", { email: KNOWN }, "evil.test")).toBe(200);
    const text = await mailTo(KNOWN, "/reset#");
    expect(text).toContain(`${app.url}/reset#`);
    expect(text).not.toContain("evil.test");
  });

  it("asked for is answered alike for every address", async () => {
    const answers = [];
    for (const email of [KNOWN, "nobody@example.org"]) {
      const answer = await call("auth.requestReset", { email });
      answers.push([answer.status, await answer.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe("one's own account", () => {
  it("another browser's session ends with a change of the password, and by another site's page nothing does", async () => {
    await runtime.db.rateLimit.deleteMany();
    const [one, other] = [createVisitor(app.url), createVisitor(app.url)];
    for (const visitor of [one, other]) expect((await visitor.signIn(KNOWN, PASSWORD)).status).toBe(200);
    const change = { current: PASSWORD, next: "quite another long one" };
    const evil = { ...asVisitor(one), origin: "https://evil.test" };
    for (const procedure of ["account.endOtherSessions", "account.changePassword"]) {
      expect((await call(procedure, change, evil)).status).toBe(403);
    }
    expect((await other.get("/api/trpc/auth.me")).status).toBe(200);
    const answer = await call("account.changePassword", change, asVisitor(one));
    expect(await answer.json()).toMatchObject({ result: { data: { json: { ended: expect.any(Number) as number } } } });
    expect((await one.get("/api/trpc/auth.me")).status).toBe(200);
    expect((await other.get("/api/trpc/auth.me")).status).toBe(401);
    expect((await other.get("/account")).headers.get("location")).toBe("/sign-in");
  });
});
