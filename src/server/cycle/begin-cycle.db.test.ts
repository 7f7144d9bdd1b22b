import pg from "pg";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { beginSlot, claimSlot, expireLease, planSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { beginCycle, type BegunCycle } from "./begin-cycle";
import { failCycle } from "./fail-cycle";
import { findLostCycles } from "./find-lost-cycles";

const POOL_MAX = 10;
const QUARTER_MS = HOUR_MS / 4;
/** Only against a test that hangs: no test here measures time. */
const HANGS = { timeout: 240_000, interval: 20 };

let database: TestDatabase;
let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ database, runtime } = bed), { poolMax: POOL_MAX });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
});

const [FIRST, SECOND, THIRD] = [FIRST_SLOT, FIRST_SLOT + HOUR_MS, FIRST_SLOT + 2 * HOUR_MS];
const cycleAt = (slot: number) =>
  runtime.db.cycle.findUniqueOrThrow({ where: { botId_slot: { botId: fixture.botId, slot: new Date(slot) } } });
const lease = () => runtime.db.botLease.findUniqueOrThrow({ where: { botId: fixture.botId } });

const free = (botId: string) => `UPDATE bot_leases SET holder = NULL, expires_at = NULL WHERE bot_id = '${botId}'`;
/** Lets all begins wait for the bot's lease in another transaction, then commits that transaction's writes. */
const beginWhileLocked = async (
  writes: readonly string[],
  begins: () => Promise<BegunCycle>[],
  botId = fixture.botId,
): Promise<BegunCycle[]> => {
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query("BEGIN");
  await other.query("SELECT 1 FROM bot_leases WHERE bot_id = $1 FOR UPDATE", [botId]);
  const begun = begins();
  await vi.waitFor(async () => {
    // Otherwise a transaction keeps seeing the connections that it saw first.
    await other.query("SELECT pg_stat_clear_snapshot()");
    const { rows } = await other.query<{ waiting: number }>(
      "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(rows[0]?.waiting).toBe(begun.length);
  }, HANGS);
  for (const write of writes) await other.query(write);
  await other.query("COMMIT");
  await other.end();
  return Promise.all(begun);
};

describe("claiming", () => {
  it("takes the lease under a new epoch and writes it into the cycle", async () => {
    const cycle = await claimSlot(fixture, FIRST, { holder: "run-1" });
    expect(cycle).toMatchObject({ botId: fixture.botId, slot: FIRST, epoch: "1", holder: "run-1", settingsVersion: 1 });
    expect(await lease()).toMatchObject({ holder: "run-1", epoch: 1n });
    expect(await cycleAt(FIRST)).toMatchObject({ status: "running", epoch: 1n, holder: "run-1", settingsVersion: 1 });
  });

  it("again by the same holder is a new claim of the same cycle: its first answer may have been lost", async () => {
    const first = await claimSlot(fixture, FIRST, { holder: "run-1" });
    const { startedAt } = await cycleAt(FIRST);
    const again = await claimSlot(fixture, FIRST, { holder: "run-1" });
    expect(again).toEqual({ ...first, epoch: "2" });
    expect((await cycleAt(FIRST)).startedAt).toEqual(startedAt);
  });

  it("reads the settings version and the positions as they are now", async () => {
    const { settings } = await runtime.db.botSettings.findFirstOrThrow({ where: { botId: fixture.botId } });
    const settingsVersion = 2;
    await runtime.db.botSettings.create({ data: { botId: fixture.botId, version: 2, settings: settings ?? {} } });
    await planSlot(fixture, FIRST);
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { settingsVersion } });
    const begun = await beginSlot(fixture, FIRST, { holder: "run-1" });
    expect(begun).toMatchObject({ cycle: { settingsVersion }, hasPositions: false, isDecisionDue: true });
    // Begun again it keeps its settings, because its earlier records were made with them.
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { settingsVersion: 1 } });
    expect(await claimSlot(fixture, FIRST, { holder: "run-1" })).toMatchObject({ epoch: "2", settingsVersion });
  });

  it("waits while its market stands at a mark that nobody raises, and begins once somebody does", async () => {
    const { ports, venueId, setTime } = fixture;
    const raiseTo = (market: number) =>
      runtime.db.venueClock.update({ where: { venueId }, data: { highWater: new Date(market) } });
    const { botId } = fixture;
    const cycleId = await planSlot(fixture, SECOND);
    setTime(SECOND + QUARTER_MS);
    const begin = () => beginCycle(ports, { botId, cycleId, holder: "run-1" });
    const lost = async () => (await findLostCycles(ports)).filter((found) => found.cycleId === cycleId);
    await raiseTo(SECOND - 1);
    expect(await begin()).toMatchObject({ outcome: "skipped" });
    expect(await cycleAt(SECOND)).toMatchObject({ status: "due", startedAt: null });
    expect(await lost()).toHaveLength(0);
    await raiseTo(SECOND + HOUR_MS);
    expect(await lost()).toHaveLength(1);
    expect(await begin()).toMatchObject({ outcome: "begun" });
  });

  it("of one slot by a hundred holders at once succeeds exactly once", async () => {
    const cycleId = await planSlot(fixture, FIRST);
    // Opens all connections of the pool first: otherwise the holders would wait for them one after the other.
    await Promise.all(Array.from({ length: POOL_MAX }, () => runtime.db.$queryRaw`SELECT 1`));
    const begins = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        beginCycle(fixture.ports, { botId: fixture.botId, cycleId, holder: `run-${index}` }),
      ),
    );
    const begun = begins.flatMap((each) => (each.outcome === "begun" ? [each.cycle] : []));
    expect(begun).toHaveLength(1);
    expect(await lease()).toMatchObject({ epoch: 1n, holder: begun[0]?.holder });
    expect(await cycleAt(FIRST)).toMatchObject({ status: "running", holder: begun[0]?.holder });
  });

  it("of one slot by holders that all wait for the same bot succeeds exactly once", async () => {
    const cycleId = await planSlot(fixture, FIRST);
    const holders = ["run-1", "run-2", "run-3", "run-4"];
    const outcomes = await beginWhileLocked([], () =>
      holders.map((holder) => beginCycle(fixture.ports, { botId: fixture.botId, cycleId, holder })),
    );
    expect(outcomes.filter(({ outcome }) => outcome === "begun")).toHaveLength(1);
    expect(await lease()).toMatchObject({ epoch: 1n });
  });

  it("sees what was written while it waited: the slot before it is done, and its candle decided", async () => {
    const botId = await fixture.addBot({ intervalSeconds: QUARTER_MS / 1000 });
    const first = await claimSlot(fixture, FIRST, { holder: "run-1", botId });
    const cycleId = await planSlot(fixture, FIRST + QUARTER_MS, botId);
    const ends = [`UPDATE cycles SET status = 'done', ended_at = now() WHERE id = '${first.cycleId}'`, free(botId)];
    const begins = () => [beginCycle(fixture.ports, { botId, cycleId, holder: "run-2" })];
    expect(await beginWhileLocked(ends, begins, botId)).toMatchObject([{ outcome: "begun", isDecisionDue: false }]);
  });

  it("ends the slot before it that was set back while it waited", async () => {
    const { botId } = fixture;
    const { cycleId: failing } = await claimSlot(fixture, FIRST, { holder: "run-1" });
    const cycleId = await planSlot(fixture, SECOND);
    const setBack = [`UPDATE cycles SET status = 'due', retries = 1 WHERE id = '${failing}'`, free(botId)];
    const begins = () => [beginCycle(fixture.ports, { botId, cycleId, holder: "run-2" })];
    expect(await beginWhileLocked(setBack, begins)).toMatchObject([{ outcome: "begun" }]);
    expect(await cycleAt(FIRST)).toMatchObject({ status: "skipped", skipReason: "stale" });
  });
});

describe("a decision is due", () => {
  const run = async (botId: string, slot: number, isDone: boolean): Promise<boolean> => {
    const begun = await beginSlot(fixture, slot, { holder: `run-${slot}`, botId });
    if (begun.outcome !== "begun") throw new Error(`the slot was not begun: ${begun.outcome}`);
    const { cycle } = begun;
    if (isDone) for (const stage of stagesOf(fixture, () => [])) await stage.run(cycle);
    else await failCycle(fixture.ports, { cycleId: cycle.cycleId, message: "the venue never answered" });
    return begun.isDecisionDue;
  };

  it("once a candle, and again as long as the cycles that were to decide it failed", async () => {
    const botId = await fixture.addBot({ intervalSeconds: QUARTER_MS / 1000 });
    expect(await run(botId, FIRST, true)).toBe(true);
    expect(await run(botId, FIRST + QUARTER_MS, true)).toBe(false);
    // The candle of the next hour: its first cycle fails, so the next cycle must decide it.
    expect(await run(botId, SECOND, false)).toBe(true);
    expect(await run(botId, SECOND + QUARTER_MS, true)).toBe(true);
    expect(await run(botId, SECOND + 2 * QUARTER_MS, true)).toBe(false);
  });
});

describe("a bot that another holds", () => {
  it("skips the slot as busy while the lease is in time", async () => {
    await claimSlot(fixture, FIRST, { holder: "run-1" });
    expect(await beginSlot(fixture, SECOND, { holder: "run-2" })).toEqual({ outcome: "skipped", reason: "busy" });
    expect(await cycleAt(SECOND)).toMatchObject({ status: "skipped", skipReason: "busy" });
    expect(await cycleAt(FIRST)).toMatchObject({ status: "running", holder: "run-1" });
  });

  it("is taken over once its lease ran out: the dead cycle is abandoned and orders that it never sent expire", async () => {
    const stages = stagesOf(fixture, wishToEnter(fixture));
    const dead = await claimSlot(fixture, FIRST, { holder: "run-1" });
    for (const stage of stages.slice(0, 4)) await stage.run(dead);
    expect(await runtime.db.order.count({ where: { status: "pending", intent: { cycleId: dead.cycleId } } })).toBe(1);
    await expireLease(fixture);
    const cycle = await claimSlot(fixture, SECOND, { holder: "run-2" });
    expect(cycle.epoch).toBe("2");
    expect(await cycleAt(FIRST)).toMatchObject({ status: "abandoned" });
    expect((await cycleAt(FIRST)).endedAt).not.toBeNull();
    const orders = await runtime.db.order.findMany({ where: { intent: { cycleId: dead.cycleId } } });
    expect(orders.map(({ status, statusReason }) => ({ status, statusReason }))).toEqual([
      { status: "expired", statusReason: "its cycle was abandoned" },
    ]);
    expect(await cycleAt(SECOND)).toMatchObject({ status: "running", holder: "run-2", epoch: 2n });
  });
});

describe("a slot that must not run", () => {
  it.each(["stopped", "archived"] as const)("of a bot that is %s ends as paused", async (status) => {
    await planSlot(fixture, FIRST);
    const stoppedReason = status === "stopped" ? "user" : null;
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { status, stoppedReason } });
    expect(await beginSlot(fixture, FIRST, { holder: "run" })).toEqual({ outcome: "skipped", reason: "paused" });
    expect(await cycleAt(FIRST)).toMatchObject({ status: "skipped", skipReason: "paused", epoch: null });
  });

  it("of a halted bot ends as halted; a bot that only reduces runs", async () => {
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { tradingState: "reducing" } });
    expect(await beginSlot(fixture, FIRST, { holder: "run" })).toMatchObject({ outcome: "begun" });
    await expireLease(fixture);
    await runtime.db.bot.update({ where: { id: fixture.botId }, data: { tradingState: "halted" } });
    expect(await beginSlot(fixture, SECOND, { holder: "run" })).toEqual({ outcome: "skipped", reason: "halted" });
  });

  it("that is not the newest any more ends as stale; a moment before it runs", async () => {
    const first = await planSlot(fixture, FIRST);
    fixture.setTime(SECOND);
    const due = { botId: fixture.botId, cycleId: first, holder: "run" };
    expect(await beginCycle(fixture.ports, due)).toEqual({ outcome: "skipped", reason: "stale" });
    const second = await planSlot(fixture, SECOND);
    fixture.setTime(THIRD - 1);
    expect(await beginCycle(fixture.ports, { ...due, cycleId: second })).toMatchObject({ outcome: "begun" });
  });

  it("that has ended is not begun again, by nobody", async () => {
    const cycle = await claimSlot(fixture, FIRST, { holder: "run-1" });
    for (const stage of stagesOf(fixture, () => [])) await stage.run(cycle);
    expect(await cycleAt(FIRST)).toMatchObject({ status: "done" });
    const ended = { outcome: "skipped", reason: "it has ended before" };
    expect(await beginSlot(fixture, FIRST, { holder: "run-1" })).toEqual(ended);
    expect(await beginSlot(fixture, FIRST, { holder: "run-2" })).toEqual(ended);
    expect(await cycleAt(FIRST)).toMatchObject({ status: "done", epoch: 1n });
    expect(await lease()).toMatchObject({ holder: null, epoch: 1n });
  });

  it("of another bot is not found", async () => {
    const cycleId = await planSlot(fixture, FIRST);
    const stranger = await fixture.addBot();
    await expect(beginCycle(fixture.ports, { botId: stranger, cycleId, holder: "run" })).rejects.toThrow("no cycle");
  });
});
