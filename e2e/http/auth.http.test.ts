import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { decode } from "next-auth/jwt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureSecret } from "../../scripts/start/secrets";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/test-database";
import { createUser } from "../../src/server/auth/create-user";
import { inTransaction } from "../../src/server/db/in-transaction";
import { recordHeartbeat } from "~/server/health/record-heartbeat";
import { appendLiveEvent } from "../../src/server/live/append-live-event";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { createBooksFixture } from "../../src/server/testing/books-fixture";
import { readPulses, readStream, type StreamMessage } from "./read-stream";
import { startApp, type App } from "./start-app";
import { createVisitor, type Visitor } from "./visitor";

const EMAIL = "trader@example.org";
const PASSWORD = "a long enough password";
const ME = "/api/trpc/auth.me";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-http-"));
const secret = ensureSecret(folder, "nextauth");
let database: TestDatabase;
let runtime: Runtime;
let app: App;
let userId: string;
beforeAll(async () => {
  database = await createTestDatabase();
  runtime = createRuntime({ databaseUrl: database.url, poolMax: 4 });
  userId = await createUser(runtime, { email: EMAIL, password: PASSWORD });
  app = await startApp({ DATABASE_URL: database.url, NEXTAUTH_SECRET: secret });
});
afterAll(async () => {
  await app.stop();
  await runtime.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const signedIn = async (): Promise<Visitor> => {
  const visitor = createVisitor(app.url);
  expect((await visitor.signIn(EMAIL, PASSWORD)).status).toBe(200);
  return visitor;
};

describe("signing in", () => {
  it("gives one HttpOnly cookie that carries a session token and nothing of the user", async () => {
    const visitor = createVisitor(app.url);
    const answer = await visitor.signIn(EMAIL, PASSWORD);
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("0xbot.session="));
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).not.toMatch(/; Secure|; Domain/i);
    const payload = await decode({ token: visitor.cookies.get("0xbot.session") ?? "", secret });
    expect(Object.keys(payload ?? {}).toSorted()).toEqual(["exp", "iat", "jti", "sid"]);
  });

  it("opens the pages and the API, which without it send to /sign-in and say 401", async () => {
    const [visitor, anonymous] = [await signedIn(), createVisitor(app.url)];
    const page = await visitor.get("/bots");
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(EMAIL);
    expect(await (await visitor.get(ME)).json()).toMatchObject({ result: { data: { json: { email: EMAIL } } } });
    const refused = await anonymous.get("/bots");
    expect([refused.status, refused.headers.get("location")]).toEqual([307, "/sign-in"]);
    expect((await anonymous.get(ME)).status).toBe(401);
  });

  it("with a wrong password or without the form's token opens nothing", async () => {
    const visitor = createVisitor(app.url);
    const wrong = await visitor.signIn(EMAIL, "wrong password");
    expect([wrong.status, await wrong.text()]).toEqual([401, expect.stringContaining("error=CredentialsSignin")]);
    const untold = await visitor.postForm("/api/auth/callback/credentials", { email: EMAIL, password: PASSWORD });
    expect(untold.headers.get("location") ?? "").toContain("csrf=true");
    expect(visitor.cookies.has("0xbot.session")).toBe(false);
    expect((await visitor.get(ME)).status).toBe(401);
  });

  it("says 429 and when to come back from the 11th try on", async () => {
    const visitor = createVisitor(app.url);
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await visitor.signIn("else@example.org", `guess number ${n}`)).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    const locked = await visitor.signIn("else@example.org", "another guess");
    expect(Number(locked.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await locked.text()).toContain("TooManyAttempts");
  });

  it("lets the owner in from a known device while others guess, and a new one wait", async () => {
    const owner = await signedIn();
    await owner.signOut();
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await createVisitor(app.url).signIn(EMAIL, `guess ${n}`)).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await createVisitor(app.url).signIn(EMAIL, PASSWORD)).status).toBe(429);
    expect((await owner.signIn(EMAIL, PASSWORD)).status).toBe(200);
    await runtime.db.rateLimit.deleteMany();
  });

  it("leads to no other site afterwards", async () => {
    const visitor = createVisitor(app.url);
    const { csrfToken } = (await (await visitor.get("/api/auth/csrf")).json()) as { csrfToken: string };
    const fields = { email: EMAIL, password: PASSWORD, csrfToken, callbackUrl: "//evil.test" };
    const answer = await visitor.postForm("/api/auth/callback/credentials", fields);
    expect(new URL(answer.headers.get("location") ?? "", app.url).origin).toBe(app.url);
  });
});

describe("a session that has ended", () => {
  it("by signing out, opens nothing with a copy of its cookie", async () => {
    const visitor = await signedIn();
    const thief = createVisitor(app.url, new Map(visitor.cookies));
    expect((await thief.get(ME)).status).toBe(200);
    const answer = await visitor.signOut();
    expect([answer.status, answer.headers.get("clear-site-data")]).toEqual([200, '"cache", "storage"']);
    expect(visitor.cookies.has("0xbot.session")).toBe(false);
    expect((await thief.get(ME)).status).toBe(401);
    expect((await thief.get("/bots")).status).toBe(307);
    expect(await (await thief.get("/api/auth/session")).json()).not.toHaveProperty("user");
  });
});

describe("a user who changes too much at once", () => {
  it("gets 429 and is told when to come back, and may read on", async () => {
    const visitor = await signedIn();
    const wanted = { json: { venueId: runtime.newId(), speed: 1 } };
    const calls = Array.from({ length: 10 }, () => wanted);
    const changeTen = () =>
      fetch(`${app.url}/api/trpc/${calls.map(() => "venues.setSpeed").join(",")}?batch=1`, {
        method: "POST",
        headers: {
          origin: app.url,
          "content-type": "application/json",
          cookie: `0xbot.session=${visitor.cookies.get("0xbot.session")}`,
        },
        body: JSON.stringify(Object.assign({}, calls)),
      });
    expect([(await changeTen()).status, (await changeTen()).status]).toEqual([404, 404]);
    const refused = await changeTen();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.text()).toMatch(/Too many requests\. Try again in \d+ second/);
    expect((await visitor.get(ME)).status).toBe(200);
  });
});

describe("the bots page", () => {
  it("shows the user's own bots and nobody else's", async () => {
    const books = await createBooksFixture(runtime);
    const visitor = await signedIn();
    expect(await (await visitor.get("/bots")).text()).toContain("You have no bots yet");
    await runtime.db.bot.updateMany({ where: { id: books.botId }, data: { userId, name: "my first bot" } });
    expect(await (await visitor.get("/bots")).text()).toContain("my first bot");
    await runtime.db.bot.updateMany({ where: { id: books.botId }, data: { userId: books.userId } });
  });
});

describe("the stream of live events", () => {
  const tell = (message: string): Promise<void> =>
    inTransaction(runtime.db, async (tx) => {
      appendLiveEvent(tx, userId, { kind: "alert", botId: null, severity: "info", message });
      await tx.user.findUniqueOrThrow({ where: { id: userId } });
    });
  const ask = async (visitor: Visitor, lastEventId?: string, signal?: AbortSignal) => {
    const input = encodeURIComponent(JSON.stringify({ json: {} }));
    const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
    const response = await visitor.get(`/api/trpc/live.events?input=${input}`, headers, signal);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
    return response;
  };
  const open = async (...asked: Parameters<typeof ask>) => readStream(await ask(...asked));
  const next = async (stream: AsyncGenerator<StreamMessage>): Promise<StreamMessage> => {
    const { value, done } = await stream.next();
    if (done === true) throw new Error("the stream has ended");
    return value;
  };

  it("goes on after the last id, so that a lost connection loses no event and doubles none", async () => {
    const visitor = await signedIn();
    const first = new AbortController();
    const stream = await open(visitor, undefined, first.signal);
    expect((await next(stream)).event).toBe("connected");
    const begin = Number((await next(stream)).id);
    await tell("one");
    expect(await next(stream)).toMatchObject({ id: String(begin + 1), data: { json: { message: "one" } } });
    first.abort();
    await tell("two");
    await tell("three");
    const second = new AbortController();
    const resumed = await open(visitor, String(begin + 1), second.signal);
    await next(resumed);
    expect(await next(resumed)).toMatchObject({ id: String(begin + 2), data: { json: { message: "two" } } });
    expect(await next(resumed)).toMatchObject({ id: String(begin + 3), data: { json: { message: "three" } } });
    second.abort();
  });

  it("of six pages is ended on the oldest, which is told why and may come back", async () => {
    const visitor = await signedIn();
    const leaving = new AbortController();
    // "connected" comes before the stream is counted, the first event after that.
    const begin = async (signal?: AbortSignal) => {
      const stream = await open(visitor, undefined, signal);
      expect([(await next(stream)).event, (await next(stream)).event]).toEqual(["connected", "message"]);
      return stream;
    };
    const oldest = await begin();
    for (let n = 0; n < 5; n++) await begin(leaving.signal);
    const rest: StreamMessage[] = [];
    for await (const message of oldest) rest.push(message);
    expect(rest.at(-1)?.event).toBe("serialized-error");
    expect(JSON.stringify(rest.at(-1))).toMatch(/At most 5 of your tabs.*CONFLICT/);
    leaving.abort();
  });

  it("carries a pulse that says what has stopped, since when, and that it goes on", async () => {
    const since = new Date(Date.now() - 60_000);
    await runtime.db.processHeartbeat.create({ data: { name: "runner", beatAt: since } });
    const leave = new AbortController();
    const pulses = readPulses(await ask(await signedIn(), undefined, leave.signal));
    const stopped = { part: "runner", since: since.toISOString() };
    const first = await next(pulses);
    expect(first.data).toEqual({ json: { kind: "pulse", stopped: [stopped], lags: [] } });
    await recordHeartbeat(runtime, "runner");
    const after = async (): Promise<unknown> =>
      ((await next(pulses)).data as { json: { stopped: unknown } }).json.stopped;
    while (JSON.stringify(await after()) !== "[]");
    leave.abort();
    await runtime.db.processHeartbeat.deleteMany();
  });

  it("ends by itself once its session is revoked, and does not open again", async () => {
    const visitor = await signedIn();
    const stream = await open(visitor);
    await next(stream);
    await runtime.db.session.updateMany({ where: { userId }, data: { revokedAt: new Date() } });
    const events: string[] = [];
    for await (const { event } of stream) events.push(event);
    expect(events.at(-1)).toBe("return");
    const again: StreamMessage[] = [];
    for await (const message of await open(visitor)) again.push(message);
    expect(again.map(({ event }) => event)).toEqual(["connected", "serialized-error"]);
    expect(JSON.stringify(again)).toContain("UNAUTHORIZED");
  });
});
