import { once } from "node:events";
import pg from "pg";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import {
  clientOf,
  closeRunnerStage,
  openRunnerStage,
  startRunner,
  type RunnerStage,
} from "../../../scripts/testing/runner-stage";
import { SYNTHETIC_FROM } from "../../../scripts/testing/synthetic-library";
import { createPaperBot } from "~/server/bots/create-paper-bot";
import { checkBotInvariants } from "~/server/books/check-bot-invariants";
import { botSettingsSchema } from "~/trading/bot-settings";
import { decimal } from "~/trading/money";
import { slotDue } from "../events";

const INTERVAL_MS = 300_000;
const FIRST_SLOT = SYNTHETIC_FROM + 3 * 86_400_000 - 2 * INTERVAL_MS;
/** A page and a part of the next one. */
const BOTS = 260;
const PAGE = 250;
const LOCK = 17;
const patience = { timeout: 240_000, interval: 50 };

/** Holds at nearly every candle. */
const QUIET = botSettingsSchema.parse({
  pairs: ["BTC/USDT"],
  decision: { timeframe: "5m", confirmTimeframe: "15m", entryScoreMin: 1 },
});

let stage: RunnerStage;
let holder: pg.Client;
let venueId: string;

beforeEach(async () => {
  stage = await openRunnerStage(1);
  const { runtime } = stage;
  holder = new pg.Client({ connectionString: stage.database.ownerUrl });
  await holder.connect();
  const busy = await runtime.db.bot.findUniqueOrThrow({ where: { id: stage.botId } });
  ({ venueId } = busy);
  await runtime.db.bot.update({
    where: { id: busy.id },
    data: { status: "stopped", stoppedReason: "user", nextDue: null },
  });
  const bot = {
    userId: busy.userId,
    venueId,
    name: "quiet",
    settings: QUIET,
    capital: decimal(10_000),
    startsAt: FIRST_SLOT,
  };
  for (let made = 0; made < BOTS; made += 20) {
    await Promise.all(Array.from({ length: 20 }, () => createPaperBot(runtime, bot)));
  }
}, 240_000);

afterEach(async () => {
  await holder.end();
  await closeRunnerStage(stage);
});

/** Stops whoever inserts into a table, where that is to be, until it is killed. */
const holdAt = (table: string, when = "true") =>
  holder.query(`
    SELECT pg_advisory_lock(${LOCK});
    CREATE OR REPLACE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      IF ${when} THEN PERFORM pg_advisory_xact_lock(${LOCK}); END IF; RETURN NULL; END $$;
    CREATE TRIGGER hold AFTER INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION public.hold()`);

const HELD = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${LOCK} AND NOT granted`;

const killHeld = async (table: string, child: Awaited<ReturnType<typeof startRunner>>): Promise<void> => {
  await vi.waitFor(async () => expect((await holder.query(HELD)).rows).toHaveLength(1), patience);
  child.kill("SIGKILL");
  await once(child, "exit");
  // What the dead process asked last must not be done either, as where its machine died with it.
  await stage.pool.query(`SELECT pg_terminate_backend(pid) FROM (${HELD}) AS held`);
  await vi.waitFor(async () => expect((await holder.query(HELD)).rows).toEqual([]), patience);
  await holder.query(`DROP TRIGGER hold ON ${table}; SELECT pg_advisory_unlock_all()`);
};

const covered = (slot: number): Promise<number> =>
  stage.runtime.db.equityPoint.count({ where: { at: new Date(slot) } });

const runsOf = async (): Promise<{ status: string; count: number }[]> =>
  (await stage.pool.query("SELECT status, count(*)::int AS count FROM runner.runs GROUP BY 1")).rows as never;

const MOMENTS = [
  { when: "before its page is committed", table: "equity_points", condition: "true", before: 0 },
  { when: "after its page is committed, before that is known", table: "runner.steps", condition: "true", before: PAGE },
  {
    when: "in its second page",
    table: "equity_points",
    condition:
      "(SELECT count(*) > 250 FROM (SELECT FROM equity_points WHERE at = (SELECT max(at) FROM equity_points)) p)",
    before: PAGE,
  },
];

it("a look whose process is killed at any moment loses and doubles nothing", async () => {
  const { runtime, pool } = stage;
  let child = await startRunner(stage);
  for (const [index, { when, table, condition, before }] of MOMENTS.entries()) {
    const slot = FIRST_SLOT + index * INTERVAL_MS;
    await holdAt(table, condition);
    await clientOf(stage).send(slotDue.create({ venueId, slot: new Date(slot).toISOString() }));
    await killHeld(table, child);
    expect(await covered(slot), when).toBe(before);
    child = await startRunner(stage);
    const done = [{ status: "completed", count: index + 1 }];
    await vi.waitFor(async () => expect(await runsOf(), when).toEqual(done), patience);
    expect(await covered(slot), when).toBe(BOTS);
  }
  const last = FIRST_SLOT + MOMENTS.length * INTERVAL_MS;
  const bots = await runtime.db.bot.findMany({ where: { name: "quiet" } });
  expect(new Set(bots.map(({ nextDue }) => nextDue?.getTime()))).toEqual(new Set([last]));
  const cycles = await runtime.db.cycle.groupBy({ by: ["slot", "status"], _count: true, orderBy: { slot: "asc" } });
  const slots = MOMENTS.map((_, index) => new Date(FIRST_SLOT + index * INTERVAL_MS));
  expect(cycles).toEqual(slots.map((slot) => ({ slot, status: "done", _count: BOTS })));
  expect(await runtime.db.decision.count()).toBe(BOTS * MOMENTS.length);
  const numbers = (await pool.query<{ number: string }>("SELECT number FROM live_events ORDER BY number")).rows;
  expect(numbers.map(({ number }) => Number(number))).toEqual(numbers.map((_, index) => index + 1));
  expect(numbers).toHaveLength(BOTS * MOMENTS.length);
  for (const { id: botId } of [bots[0], bots.at(-1)].flatMap((bot) => bot ?? [])) {
    expect(await checkBotInvariants(runtime, { botId, settingsVersion: 1, at: last - INTERVAL_MS })).toEqual([]);
  }
}, 240_000);
