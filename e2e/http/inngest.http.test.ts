import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeRunnerStage, openRunnerStage, type RunnerStage } from "../../scripts/testing/runner-stage";
import { planCycles } from "~/server/testing/plan-cycles";
import { executeRun, listenForRegistrations, send, sign, SIGNING_KEY } from "./inngest-server";
import { startApp, type App } from "./start-app";

const SECRET = randomBytes(32).toString("hex");
const ORIGIN = "https://bots.example";
const LOCAL_ORIGIN = "http://127.0.0.1:3000";
/** A slot of the stage's bot lasts ten seconds. */
const SPEED = 30;
const INNER = /stack|node_modules|\.[jt]s\b|\/src\//;

let stage: RunnerStage;
let inngest: Awaited<ReturnType<typeof listenForRegistrations>>;
let signed: App;
let unsigned: App;
beforeAll(async () => {
  [stage, inngest] = await Promise.all([openRunnerStage(SPEED), listenForRegistrations()]);
  const { venueId } = await stage.runtime.db.account.findFirstOrThrow();
  const env = { DATABASE_URL: stage.database.url, NEXTAUTH_SECRET: SECRET, RUNNER: "inngest", NEXTAUTH_URL: ORIGIN };
  const keys = { INNGEST_BASE_URL: inngest.baseUrl, INNGEST_SIGNING_KEY: SIGNING_KEY, INNGEST_EVENT_KEY: "event" };
  const demo = { DEMO_MARKET_URL: stage.simulator.baseUrl, DEMO_VENUE_ID: venueId };
  signed = await startApp({ ...env, ...keys, ...demo });
  unsigned = await startApp({ ...env, INNGEST_DEV: inngest.baseUrl, NEXTAUTH_URL: LOCAL_ORIGIN });
}, 180_000);
afterAll(async () => {
  await Promise.all([signed.stop(), unsigned.stop()]);
  inngest.close();
  await closeRunnerStage(stage);
});

const isSkipped = (result: unknown): boolean => JSON.stringify(result).includes('"outcome":"skipped"');
const urlOf = (app: App): string => `${app.url}/api/inngest`;

describe("with keys", () => {
  it("a bot on a demo market runs hosted: its cycle goes from begin to equity by signed calls", async () => {
    const { runtime, botId } = stage;
    let ended: unknown = null;
    for (const { cycleId, slot, wallAt } of await planCycles(runtime)) {
      const waitMs = wallAt - Date.now() + 100;
      if (waitMs < 0) continue;
      await runtime.db.$queryRaw`SELECT pg_sleep(${waitMs / 1000})::text`;
      const event = { name: "bot/cycle.due", id: cycleId, ts: wallAt, data: { botId, cycleId, slot } };
      ended = await executeRun(urlOf(signed), "0xbot-run-bot-cycle", event);
      // On a busy machine a slot may be over before it begins: then try the next one.
      if (!isSkipped(ended)) break;
    }
    expect(ended).toMatchObject({ outcome: "done" });
    expect(await runtime.db.cycle.count({ where: { botId, status: "done" } })).toBe(1);
    expect(await runtime.db.equityPoint.count({ where: { botId } })).toBeGreaterThan(0);
  }, 240_000);

  it("nobody without the key executes, asks or registers anything", async () => {
    const query = "?fnId=0xbot-housekeeping&stepId=step";
    for (const method of ["GET", "POST", "PUT"]) {
      const body = method === "GET" ? {} : { body: "{}" };
      expect((await send(urlOf(signed) + query, { method, ...body })).status).toBe(401);
      const guessed = { "x-inngest-signature": sign({})["x-inngest-signature"]?.replace(/s=.{8}/, "s=00000000") ?? "" };
      expect((await send(urlOf(signed) + query, { method, headers: guessed, ...body })).status).toBe(401);
    }
    expect(inngest.urls).toEqual([]);
  });

  it("a forged Host registers no other place: the server is told the configured one", async () => {
    const forged = { host: "evil.test", "x-forwarded-host": "evil.test" };
    expect((await send(urlOf(signed), { method: "PUT", headers: forged })).status).toBe(401);
    const answer = await send(urlOf(signed), { method: "PUT", headers: { ...forged, ...sign({}) }, body: "{}" });
    expect(answer.status).toBe(200);
    expect(inngest.urls.splice(0)).toEqual([`${ORIGIN}/api/inngest`]);
  });

  it("a call as large as servers make them arrives whole", async () => {
    const url = `${urlOf(signed)}?fnId=0xbot-none&stepId=step`;
    const body = { text: "x".repeat(3_900_000) };
    const answer = await send(url, { method: "POST", headers: sign(body), body: JSON.stringify(body) });
    expect([answer.status, answer.text.includes("Unauthorized")]).toEqual([500, false]);
  });

  it("garbage is answered shortly", async () => {
    const answer = await send(urlOf(signed), { method: "POST", headers: sign({}), body: "{oops" });
    expect(answer).toEqual({ status: 400, text: '{"message":"The body is no JSON."}' });
  });
});

describe("for a development server, on this machine", () => {
  it("a page cannot reach the functions, whatever it sends, nor a name that points here", async () => {
    const attempt = (headers: Record<string, string>, method = "POST") =>
      send(`${urlOf(unsigned)}?fnId=0xbot-housekeeping&stepId=step`, { method, headers, body: "{}" });
    expect((await attempt({ "content-type": "text/plain" })).status).toBe(415);
    expect((await attempt({ origin: "https://evil.test" })).status).toBe(403);
    expect((await attempt({ "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await attempt({ host: "evil.test" })).status).toBe(403);
    expect((await attempt({ host: "evil.test" }, "PUT")).status).toBe(403);
    expect(inngest.urls).toEqual([]);
  });

  it("the server itself does, and a wrong call is answered without stack or paths", async () => {
    const registered = await send(urlOf(unsigned), { method: "PUT", body: "{}" });
    expect(registered.status).toBe(200);
    expect(inngest.urls.splice(0)).toEqual([`${LOCAL_ORIGIN}/api/inngest`]);
    for (const [query, body] of [
      ["?fnId=0xbot-none&stepId=step", "{}"],
      ["?fnId=0xbot-run-bot-cycle&stepId=step", '{"event":{"name":"no/such"},"ctx":{"run_id":"x"}}'],
      ["", '{"event":1}'],
      ["?fnId=0xbot-housekeeping", "[]"],
    ] as const) {
      const { status, text } = await send(urlOf(unsigned) + query, { method: "POST", body });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text.length).toBeLessThan(400);
      expect(text).not.toMatch(INNER);
    }
  });
});

describe("an app does not start", () => {
  const env = { DATABASE_URL: "postgresql://a:b@127.0.0.1:1/a", NEXTAUTH_SECRET: SECRET };

  it("with Inngest's settings and no RUNNER", async () => {
    await expect(startApp({ ...env, INNGEST_DEV: "1" })).rejects.toThrow(/INNGEST_DEV: .*set RUNNER=inngest/);
  });

  it("without signatures where others than this machine reach it", async () => {
    const open = startApp({ ...env, RUNNER: "inngest", INNGEST_DEV: "1" }, "0.0.0.0");
    await expect(open).rejects.toThrow(/INNGEST_DEV lets anybody.*0\.0\.0\.0/);
    const proxied = startApp({ ...env, RUNNER: "inngest", INNGEST_DEV: "1", NEXTAUTH_URL: ORIGIN });
    await expect(proxied).rejects.toThrow(/INNGEST_DEV lets anybody.*bots\.example/);
  });
});
