import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { createSyntheticLibrary, SYNTHETIC_FROM } from "./synthetic-library";
import { createTestDatabase, type TestDatabase } from "./test-database";
import { createOkxSimulator, type OkxSimulator } from "../../simulators/okx/create-okx-simulator";
import { createPaperBot } from "../../src/server/bots/create-paper-bot";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { recordMarkets } from "../../src/server/venues/record-markets";
import { botSettingsSchema } from "../../src/trading/bot-settings";
import { venueTimeAt } from "../../src/trading/market/venue-clock";
import { decimal } from "../../src/trading/money";
import { createInngestClient } from "../../src/inngest/client";
import { createEmbeddedFetch } from "../../src/inngest/embedded/transport/embedded-fetch";
import { wallSchedulerClock } from "../../src/inngest/embedded/base/scheduler-clock";

/** A slot every 2 s of wall time. On a busy machine, faster slots go stale before they begin. */
const SPEED_DEFAULT = 150;
const WARM_MS = 3 * 86_400_000;
/** Decides on every candle and is rarely refused, so that there is much work that a fault could do twice. */
const BUSY = botSettingsSchema.parse({
  pairs: ["BTC/USDT", "ETH/USDT", "SOL/USDT"],
  decision: {
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

/** A busy bot on a demo market over HTTP, and the runner processes that a test starts, stops and kills. */
export type RunnerStage = {
  database: TestDatabase;
  simulator: OkxSimulator;
  runtime: Runtime;
  pool: pg.Pool;
  botId: string;
  children: ChildProcess[];
};

/** `speed`: market seconds per second. A slot goes stale when its five market minutes are over. */
export const openRunnerStage = async (speed = SPEED_DEFAULT): Promise<RunnerStage> => {
  const database = await createTestDatabase();
  const anchorWall = Date.now();
  const anchorMarket = SYNTHETIC_FROM + WARM_MS;
  const row = { anchorWall, anchorMarket, speed, previousSpeed: null };
  const now = (): number => venueTimeAt(row, Date.now());
  const simulator = await createOkxSimulator({ candles: createSyntheticLibrary(6), now });
  const runtime = createRuntime({ databaseUrl: database.url, demoUrl: simulator.baseUrl, poolMax: 4 });
  const [userId, venueId] = [runtime.newId(), runtime.newId()];
  await runtime.db.user.create({ data: { id: userId, email: "two@runners.test" } });
  const clock = {
    anchorWall: new Date(anchorWall),
    anchorMarket: new Date(anchorMarket),
    speed,
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
  return {
    database,
    simulator,
    runtime,
    pool: new pg.Pool({ connectionString: database.url, max: 2 }),
    botId,
    children: [],
  };
};

/** A runner in a process of its own, once it is ready. */
export const startRunner = async ({ database, simulator, children }: RunnerStage): Promise<ChildProcess> => {
  const program = path.join(inject("children"), "testing", "cycle-runner.js");
  const child = spawn(process.execPath, [program, database.url, simulator.baseUrl], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  await once(child.stdout ?? child, "data");
  return child;
};

/** A client whose events the runners of that database receive. */
export const clientOf = ({ pool }: Pick<RunnerStage, "pool">) =>
  createInngestClient({ kind: "embedded", fetch: createEmbeddedFetch({ pool, clock: wallSchedulerClock }) });

/** Kills what still runs and closes the stage. */
export const closeRunnerStage = async (stage: RunnerStage): Promise<void> => {
  for (const child of stage.children) child.kill("SIGKILL");
  await stage.runtime.close();
  await stage.pool.end();
  await stage.simulator.close();
  await stage.database.drop();
};
