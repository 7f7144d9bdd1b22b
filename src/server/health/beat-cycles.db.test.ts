import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { runAlone } from "../../../scripts/postgres/run-alone";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { recordHeartbeat } from "./record-heartbeat";
import { findRetimedCycles } from "../cycle/find-retimed-cycles";
import { findLostCycles } from "../cycle/find-lost-cycles";
import { planLooks } from "../looks/plan-looks";
import { countRowsRead } from "../testing/age-bot";
import { createBooksFixture, type BooksFixture } from "../testing/books-fixture";
import { beatCycles } from "./beat-cycles";
import { readPulse } from "./read-pulse";
import { watchTrading } from "./watch-trading";

const MINUTE_MS = 60_000;
const BOTS = 5;

let runtime: Runtime;
let ownerUrl: string;
let venues: BooksFixture[];
let bots: string[];
// One connection: what it read is all that was read.
openBed(
  (bed) =>
    ({
      runtime,
      database: { ownerUrl },
    } = bed),
  { poolMax: 1 },
);
beforeAll(async () => {
  venues = [await createBooksFixture(runtime), await createBooksFixture(runtime), await createBooksFixture(runtime)];
  bots = venues.map(({ botId }) => botId);
  for (const venue of venues) for (let count = 1; count < BOTS; count++) bots.push(await venue.addBot());
});

/** What is owed, read bot by bot: since when the oldest slot without a holder is due, null for none. */
const readOwed = async (): Promise<Date | null> => {
  const [row] = await runtime.db.$queryRaw<[{ since: Date | null }]>`
    WITH slots AS (
      SELECT id AS bot_id, next_due AS slot, NULL::timestamptz AS free_at FROM bots UNION ALL
      SELECT bot_id, slot, retry_at FROM cycles WHERE status = 'due' UNION ALL
      SELECT c.bot_id, c.slot, l.expires_at FROM cycles c JOIN bot_leases l ON l.bot_id = c.bot_id WHERE c.status = 'running'
    )
    SELECT min(greatest(s.free_at, CASE WHEN k.venue_id IS NULL THEN s.slot + interval '30 seconds'
      ELSE wall_time_of(k, s.slot) END)) AS since
    FROM slots s JOIN bots b ON b.id = s.bot_id JOIN accounts a ON a.id = b.account_id JOIN venues v ON v.id = a.venue_id
    LEFT JOIN venue_clocks k ON k.venue_id = v.id
    WHERE b.status IN ('running', 'paused') AND v.archived_at IS NULL AND k.speed IS DISTINCT FROM 0`;
  return row.since;
};

/** Wall times are minutes ago; the simulated markets' time is a minute a minute, from another day. */
const minutes = fc.integer({ min: -30, max: 60 });
const bot = fc.record({
  status: fc.constantFrom("running", "running", "paused", "archived"),
  nextDue: minutes,
  interval: fc.constantFrom(60, 300, 3600),
  cycle: fc.constantFrom("none", "none", "due", "retried", "running"),
  slot: fc.integer({ min: 1, max: 60 }),
  freeAfter: fc.integer({ min: 0, max: 90 }),
});
const state = fc.record({
  bots: fc.array(bot, { minLength: 3 * BOTS, maxLength: 3 * BOTS }),
  speed: fc.constantFrom(0, 1, 60),
  isArchived: fc.boolean(),
  /** Where each kind is late at once, the latest hides the others. */
  late: fc.constantFrom("all", "looks", "due", "retried", "running"),
});
type State = typeof state extends fc.Arbitrary<infer Value> ? Value : never;

const DAY_OFFSET_MS = 400 * 86_400_000;

const set = async ({ bots: states, speed, isArchived, late }: State, now: number): Promise<void> => {
  const { db } = runtime;
  const ago = (count: number): Date => new Date(now - count * MINUTE_MS);
  const isLate = (kind: string): boolean => late === "all" || late === kind;
  await db.cycle.deleteMany();
  await db.venueClock.deleteMany();
  const anchor = { anchorWall: ago(120), anchorMarket: new Date(now - 120 * MINUTE_MS - DAY_OFFSET_MS) };
  for (const [index, { venueId }] of venues.entries()) {
    const clock = { ...anchor, venueId, speed: index === 1 ? speed : 1, highWater: anchor.anchorMarket };
    // The last venue keeps wall time.
    if (index < 2) await db.venueClock.create({ data: clock });
    await db.venue.update({ where: { id: venueId }, data: { archivedAt: index === 0 && isArchived ? ago(1) : null } });
  }
  for (const [index, each] of states.entries()) {
    const botId = bots[index] ?? "";
    const { venueId } = await db.bot.findUniqueOrThrow({ where: { id: botId } });
    const slotAt = (count: number) =>
      new Date(ago(count).getTime() - (venueId === venues[2]?.venueId ? 0 : DAY_OFFSET_MS));
    await db.bot.update({
      where: { id: botId },
      data: {
        status: each.status,
        nextDue: slotAt(isLate("looks") ? each.nextDue : -10),
        intervalSeconds: each.interval,
      },
    });
    const freeAt = ago(each.slot - each.freeAfter - 1);
    await db.botLease.update({ where: { botId }, data: { epoch: 1n, holder: "run", expiresAt: freeAt } });
    if (each.cycle === "none" || !isLate(each.cycle)) continue;
    await db.cycle.create({
      data: {
        id: runtime.newId(),
        botId,
        slot: slotAt(each.slot),
        status: each.cycle === "running" ? "running" : "due",
        retryAt: each.cycle === "retried" ? freeAt : null,
        epoch: 1n,
        holder: "run",
      },
    });
  }
};

it("beats up to what a look at every single bot finds owed, whatever state venues, bots and cycles are in", async () => {
  await fc.assert(
    fc.asyncProperty(state, async (given) => {
      const now = Date.now();
      await set(given, now);
      await beatCycles(runtime, null);
      const { beatAt } = await runtime.db.processHeartbeat.findUniqueOrThrow({ where: { name: "cycles" } });
      const since = await readOwed();
      // What is owed later is not owed yet: the beat is of this moment, which is `now` or a little more.
      const owed = since === null ? now : Math.min(since.getTime(), now);
      expect(Math.min(beatAt.getTime(), now)).toBe(owed);
    }),
    { numRuns: 25 },
  );
});

const MORE_BOTS = 2000;
/** What a plan may read more by its whims, also where its tables are analysed meanwhile: far less than a row of each bot. */
const WHIM_ROWS = MORE_BOTS / 4;

/** Adds bots like the first one, whose clock shows `now`: on time, each with its last slots done. */
const addMany = (now: Date): string => `SET LOCAL session_replication_role = replica;
  INSERT INTO bots (id, user_id, account_id, account_kind, venue_id, name, settings_version, interval_seconds, allotment, next_due)
    SELECT gen_random_uuid(), b.user_id, b.account_id, b.account_kind, b.venue_id, 'one of many', 1, 300, 1,
      '${now.toISOString()}'::timestamptz + interval '1 minute'
    FROM bots b, generate_series(1, ${MORE_BOTS}) WHERE b.id = '${bots[0]}';
  INSERT INTO bot_leases (bot_id) SELECT id FROM bots WHERE name = 'one of many';
  INSERT INTO cycles (id, bot_id, slot, status) SELECT gen_random_uuid(), b.id, b.next_due - n * interval '5 minutes', 'done'
    FROM bots b, generate_series(1, 3) n WHERE b.name = 'one of many';
  ANALYZE;
  SELECT pg_stat_force_next_flush()`;

/** Each of them waits for its run. */
const WAIT_ALL = `INSERT INTO cycles (id, bot_id, slot)
    SELECT gen_random_uuid(), id, next_due - interval '1 minute' FROM bots WHERE name = 'one of many';
  ANALYZE;
  SELECT pg_stat_force_next_flush()`;

it("and all that comes every few seconds read no more rows among 2,000 bots than among a few", async () => {
  const now = Date.now();
  const idle = { status: "running", nextDue: -10, interval: 300, cycle: "none", slot: 1, freeAfter: 0 } as const;
  await set({ bots: bots.map(() => idle), speed: 1, isArchived: false, late: "all" }, now);
  await runtime.db.venueClock.updateMany({ data: { highWater: new Date(now) } });
  await runAlone(ownerUrl, "ANALYZE");
  await recordHeartbeat(runtime, "runner");
  const works = {
    watch: () => watchTrading(runtime, { notBefore: null }),
    pulse: () => readPulse(runtime),
    plan: () => planLooks(runtime),
    lost: () => findLostCycles(runtime),
    retimed: () => findRetimedCycles(runtime, null),
  };
  const measure = async (): Promise<Record<string, number>> => {
    const reads: Record<string, number> = {};
    for (const [name, work] of Object.entries(works)) {
      const before = await countRowsRead(runtime.db);
      await work();
      reads[name] = (await countRowsRead(runtime.db)) - before;
    }
    return reads;
  };
  await measure();
  const few = await measure();
  await runAlone(ownerUrl, addMany(new Date(now - DAY_OFFSET_MS)));
  await measure();
  const many = await measure();
  for (const name of Object.keys(works)) expect(many[name], name).toBeLessThan((few[name] ?? 0) + WHIM_ROWS);
  await runAlone(ownerUrl, WAIT_ALL);
  const waiting = await measure();
  for (const name of ["pulse", "plan"]) expect(waiting[name], name).toBeLessThan((few[name] ?? 0) + WHIM_ROWS);
  // The first 500 of those that wait, and their bots.
  expect(waiting["watch"]).toBeLessThan(500 * 8);
});
