import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { installed } from "../../../scripts/run-command";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "../../../scripts/testing/synthetic-library";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createOkxSimulator, type OkxSimulator } from "../../../simulators/okx/create-okx-simulator";
import { checkBotInvariants } from "~/server/books/check-bot-invariants";
import { createPaperBot } from "~/server/bots/create-paper-bot";
import { createRuntime, type Runtime } from "~/server/runtime";
import { recordMarkets } from "~/server/venues/record-markets";
import { botSettingsSchema } from "~/trading/bot-settings";
import { decimal } from "~/trading/money";
import { createInngestClient } from "../client";
import { createEmbeddedFetch } from "../embedded/embedded-fetch";
import { wallSchedulerClock } from "../embedded/scheduler-clock";
import { guardRequested, planRequested } from "../events";

const CHILD = path.join(import.meta.dirname, "../../../scripts/testing/cycle-runner.ts");
const SPEED = 600;
const WARM_MS = 3 * 86_400_000;
/** Decides on every candle and is refused little, so that there is much to do twice. */
const BUSY = botSettingsSchema.parse({
  pairs: ["BTC/USDT", "ETH/USDT", "SOL/USDT"],
  trinity: {
    preset: "original",
    timeframe: "5m",
    confirmTimeframe: "15m",
    stopLossFraction: 0.006,
    takeProfitFraction: 0.012,
  },
  risk: {
    correlationMax: 1,
    tradesPerDayMax: 200,
    cooldownMinutes: 0,
    lossPauseHours: 0,
    rewardToRiskMin: 0.5,
    dailyLossMax: 0.5,
    dailyLossOfCapitalMax: 0.5,
    drawdownMax: 0.5,
  },
});

type Stage = {
  database: TestDatabase;
  simulator: OkxSimulator;
  runtime: Runtime;
  pool: pg.Pool;
  botId: string;
  children: ChildProcess[];
};

let stage: Stage | undefined;

const setUp = async (): Promise<Stage> => {
  const database = await createTestDatabase();
  const anchorWall = Date.now();
  const anchorMarket = SYNTHETIC_FROM + WARM_MS;
  const now = (): number => anchorMarket + Math.floor((Date.now() - anchorWall) * SPEED);
  const simulator = await createOkxSimulator({ candles: createSyntheticLibrary(6), now });
  const runtime = createRuntime({ databaseUrl: database.url, demoUrl: simulator.baseUrl, poolMax: 4 });
  const [userId, venueId] = [runtime.newId(), runtime.newId()];
  await runtime.db.user.create({ data: { id: userId, email: "two@runners.test" } });
  const clock = {
    anchorWall: new Date(anchorWall),
    anchorMarket: new Date(anchorMarket),
    speed: SPEED,
    highWater: new Date(anchorMarket),
  };
  const venue = { id: venueId, kind: "demo" as const, name: "demo", identity: "two-runners", finestTimeframe: "5m" };
  await runtime.db.venue.create({ data: { ...venue, clock: { create: clock } } });
  await recordMarkets(runtime, venueId, await (await runtime.marketDataOf(venue)).listMarkets());
  const botId = await createPaperBot(runtime, {
    userId,
    venueId,
    name: "busy",
    settings: BUSY,
    capital: decimal(10_000),
    startsAt: now(),
  });
  stage = {
    database,
    simulator,
    runtime,
    pool: new pg.Pool({ connectionString: database.url, max: 2 }),
    botId,
    children: [],
  };
  return stage;
};

const startRunner = async ({ database, simulator, children }: Stage): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [installed("tsx"), CHILD, database.url, simulator.baseUrl], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout ?? child, "data");
  return child;
};

const doneCycles = ({ runtime, botId }: Stage): Promise<number> =>
  runtime.db.cycle.count({ where: { botId, status: "done" } });

/** Plans and guards as the crons would, until the bot has finished so many cycles more. */
const liveUntil = async (running: Stage, cycles: number): Promise<void> => {
  const client = createInngestClient({
    kind: "embedded",
    fetch: createEmbeddedFetch({ pool: running.pool, clock: wallSchedulerClock }),
  });
  const target = (await doneCycles(running)) + cycles;
  while ((await doneCycles(running)) < target) {
    await client.send([planRequested.create({}), guardRequested.create({})]);
    await running.runtime.db.$queryRaw`SELECT pg_sleep(0.2)::text`;
  }
};

afterEach(async () => {
  for (const child of stage?.children ?? []) child.kill("SIGKILL");
  await stage?.runtime.close();
  await stage?.pool.end();
  await stage?.simulator.close();
  await stage?.database.drop();
  stage = undefined;
});

it("two runners, one stopped past its lease again and again: no slot twice, no fill twice, books that balance", async () => {
  const running = await setUp();
  const { runtime, botId } = running;
  const first = await startRunner(running);
  const second = await startRunner(running);
  await liveUntil(running, 4);
  for (const victim of [first, second, first]) {
    victim.kill("SIGSTOP");
    await liveUntil(running, 3);
    victim.kill("SIGCONT");
    await liveUntil(running, 3);
  }
  await Promise.all(
    [first, second].map(async (child) => {
      child.kill("SIGTERM");
      await once(child, "exit");
    }),
  );
  const cycles = await runtime.db.cycle.findMany({ where: { botId }, orderBy: { slot: "asc" } });
  const last = cycles.filter(({ status }) => status === "done").at(-1);
  const broken = await checkBotInvariants(runtime, { botId, settingsVersion: 1, at: last?.slot.getTime() ?? 0 });
  // What the last stop interrupted is still open; everything before has ended.
  expect(broken.filter(({ text }) => !text.includes("never ended"))).toEqual([]);
  expect(new Set(cycles.map(({ slot }) => slot.getTime())).size).toBe(cycles.length);
  expect(await runtime.db.fill.count()).toBeGreaterThan(3);
  expect(
    await runtime.db.order.count({ where: { status: { in: ["pending", "submitting", "unknown"] } } }),
  ).toBeLessThanOrEqual(1);
}, 120_000);
