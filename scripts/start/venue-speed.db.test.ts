import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createRuntime, type Runtime } from "~/server/runtime";
import { setVenueSpeed } from "~/server/venues/set-venue-speed";
import { toClockRow, venueTimeAt } from "~/server/venues/venue-time";
import { createDemoProduct } from "../testing/demo-product";
import { clientOf } from "../testing/runner-stage";
import { planRequested } from "../../src/inngest/events";

const PATIENCE_MS = 60_000;
/** A slot of the quick bot lasts 7.5 s, so that even a busy machine runs each one. */
const SPEED = 240;
/** A pause of the machine of up to 60 s misses no slot. */
const CHOSEN_SPEED = 720;
const product = createDemoProduct(["--no-app", "--history-days", "0"]);
let runtime: Runtime;
let shown = 0;

beforeAll(async () => {
  await product.start();
  runtime = createRuntime({ databaseUrl: product.databaseUrl(), poolMax: 2 });
}, 300_000);
afterAll(async () => {
  await runtime.close();
  await product.interrupt();
  product.remove();
}, 300_000);

const readClock = async () => {
  const clock = await runtime.db.venueClock.findFirstOrThrow();
  const time = Math.min(venueTimeAt(toClockRow(clock), Date.now()), clock.highWater.getTime());
  expect(time).toBeGreaterThanOrEqual(shown);
  shown = time;
  return { ...clock, time };
};

/** Waits until a condition holds, and checks that market time never runs back. */
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`it did not come true:\n${product.lines.join("\n")}`);
    await readClock();
    await runtime.db.$queryRaw`SELECT pg_sleep(0.1)::text`;
  }
};

const setSpeed = async (speed: number): Promise<void> => {
  const { userId, venueId } = await runtime.db.account.findFirstOrThrow();
  await setVenueSpeed(runtime, { userId, venueId, speed });
  const { anchorWall } = await readClock();
  await until(() => Date.now() > anchorWall.getTime());
};

const newestDone = async (): Promise<number> =>
  (await runtime.db.cycle.aggregate({ where: { status: "done" }, _max: { slot: true } }))._max.slot?.getTime() ?? 0;
const begun = () => runtime.db.cycle.count({ where: { startedAt: { not: null } } });
const skippedAfter = (time: number) =>
  runtime.db.cycle.findMany({
    where: { status: "skipped", slot: { gt: new Date(time) } },
    select: { skipReason: true },
  });
const runsOf = async (name: string): Promise<number> => {
  const [row] = await runtime.db.$queryRaw<[{ runs: bigint }]>`
    SELECT count(*) AS runs FROM runner.runs WHERE fn LIKE ${`%${name}`} AND ended_ms IS NOT NULL`;
  return Number(row.runs);
};
/** What the cron does each minute. */
const tick = async (): Promise<void> => {
  const pool = new pg.Pool({ connectionString: product.databaseUrl(), max: 1 });
  const ticks = await runsOf("schedule-bot-cycles");
  try {
    await clientOf({ pool }).send(planRequested.create({}));
    await until(async () => (await runsOf("schedule-bot-cycles")) > ticks);
  } finally {
    await pool.end();
  }
};

it("paused, no cycle begins, also by a tick; resumed, the planned ones go on and none is missed", async () => {
  await setSpeed(SPEED);
  const start = await readClock();
  await until(async () => (await newestDone()) > start.time);
  await setSpeed(0);
  const paused = await readClock();
  // Slots due at the pause are still looked at, and run; after them all lie ahead. In this order: a look makes runs.
  const passed = { lte: new Date(paused.time) };
  const isAhead = async () =>
    (await runtime.db.bot.count({ where: { status: "running", nextDue: passed } })) === 0 &&
    (await runtime.db.cycle.count({ where: { status: { in: ["due", "running"] }, slot: passed } })) === 0;
  await until(isAhead);
  const before = await begun();
  await tick();
  expect(await begun()).toBe(before);
  expect((await readClock()).time).toBe(paused.anchorMarket.getTime());

  await setSpeed(SPEED);
  await until(async () => (await newestDone()) > paused.time + 2 * 1_800_000);
  expect(await skippedAfter(paused.time)).toEqual([]);
}, 240_000);

it("a chosen speed survives a restart: what was paused stays so, until somebody lets it run", async () => {
  await setSpeed(0);
  const paused = await readClock();
  await runtime.close();
  await product.interrupt();

  await product.start();
  runtime = createRuntime({ databaseUrl: product.databaseUrl(), poolMax: 2 });
  expect(product.lines.join("\n")).toMatch(/market time \S+, paused/);
  expect(await readClock()).toMatchObject({ speed: 0, time: paused.time });
  await setSpeed(CHOSEN_SPEED);
  await until(async () => (await newestDone()) > paused.time);
  await runtime.close();
  await product.interrupt();

  await product.start({ DEMO_SPEED: "60" });
  runtime = createRuntime({ databaseUrl: product.databaseUrl(), poolMax: 2 });
  expect(await readClock()).toMatchObject({ speed: 60, chosenSpeed: CHOSEN_SPEED });
  // Market time runs only while the runner does, so neither a stop nor a start leaves a gap.
  expect(await runtime.db.cycle.count({ where: { skipReason: "missed" } })).toBe(0);
}, 240_000);
