import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import pg from "pg";
import { openBed } from "../../../scripts/testing/open-bed";
import { guardPage } from "../cycle/guard-page";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../testing/cycle-fixture";
import { lookAtPage, type LookedPage } from "./look-at-page";

const FIRST_ID = "00000000-0000-0000-0000-000000000000";

let runtime: Runtime;
let owner: pg.Client;
let fixture: BooksFixture;
let ownerUrl: string;
openBed((bed) => ([runtime, ownerUrl] = [bed.runtime, bed.database.ownerUrl]), { per: "test", poolMax: 10 });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
  owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
});
afterEach(() => owner.end());

const lookAt = (slot: number, now = slot): Promise<LookedPage> => {
  fixture.setTime(now);
  return lookAtPage(fixture.ports, { venueId: fixture.venueId, slot, after: FIRST_ID });
};
const cyclesOf = (botId = fixture.botId) => runtime.db.cycle.findMany({ where: { botId }, orderBy: { slot: "asc" } });
/** A position that no candle closes. */
const enter = async (): Promise<void> => {
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
  for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
  await runtime.db.$executeRaw`UPDATE positions SET stop_loss = 1, take_profit = 1000000000`;
};

it("a late slot at which a bot was locked is that bot's next one again: it is not missed", async () => {
  const other = await fixture.addBot();
  const locker = new pg.Client({ connectionString: ownerUrl });
  await locker.connect();
  await locker.query("BEGIN");
  await locker.query("SELECT pg_advisory_lock(7)");
  await locker.query("SELECT 1 FROM bot_leases WHERE bot_id = $1 FOR UPDATE", [fixture.botId]);
  // The first look of a slot waits, after it stepped around, until the bot is free: the next slot finds it so.
  await owner.query(`
    CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
      PERFORM pg_advisory_xact_lock_shared(7); RETURN NULL; END $$;
    CREATE TRIGGER wait AFTER INSERT ON equity_points FOR EACH STATEMENT EXECUTE FUNCTION wait()`);
  const look = lookAt(FIRST_SLOT + 2 * HOUR_MS);
  await vi.waitFor(
    async () => {
      const { rows } =
        await owner.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
      expect(rows).not.toEqual([]);
    },
    { timeout: 30_000, interval: 20 },
  );
  await locker.query("COMMIT");
  await locker.end();
  expect(await look).toMatchObject({ covered: 3, left: 1 });
  expect(await cyclesOf()).toEqual([]);
  expect(await lookAt(FIRST_SLOT + 2 * HOUR_MS)).toMatchObject({ covered: 3, left: 0 });
  const done = { status: "done", skipReason: null };
  expect(await cyclesOf()).toMatchObject([done, done, done]);
  expect(await cyclesOf(other)).toHaveLength(3);
});

describe("a bot of which something has gone on beyond a slot", () => {
  const slots = [1, 2, 3].map((hours) => FIRST_SLOT + hours * HOUR_MS);
  beforeEach(enter);

  const later = new Date(FIRST_SLOT + 2.5 * HOUR_MS);
  it.each([
    ["a settlement", () => runtime.db.position.updateMany({ data: { settledThrough: later } })],
    [
      "a run by command",
      () =>
        runtime.db.cycle.create({ data: { id: runtime.newId(), botId: fixture.botId, slot: later, status: "done" } }),
    ],
    [
      "a mark",
      async () => {
        const point = await runtime.db.equityPoint.findFirstOrThrow();
        await runtime.db.equityPoint.create({ data: { ...point, at: later } });
      },
    ],
  ])("is marked at no slot by books of a later time, those after %s", async (_what, goOn) => {
    await goOn();
    await lookAt(FIRST_SLOT + 3 * HOUR_MS);
    const ofSlots = { botId: fixture.botId, slot: { in: slots.map((slot) => new Date(slot)) } };
    const looked = await runtime.db.cycle.findMany({ where: ofSlots, orderBy: { slot: "asc" } });
    expect(looked).toMatchObject([{ skipReason: "stale" }, { skipReason: "stale" }, { status: "done" }]);
    const marks = { at: { gt: new Date(FIRST_SLOT), lt: later } };
    expect(await runtime.db.equityPoint.count({ where: marks })).toBe(0);
  });

  it("is marked by each late slot's own price, also where the guard comes before the look", async () => {
    fixture.setTime(FIRST_SLOT + 3.5 * HOUR_MS);
    await guardPage(fixture.ports, FIRST_ID);
    expect(await lookAt(FIRST_SLOT + 3 * HOUR_MS, FIRST_SLOT + 3.5 * HOUR_MS)).toMatchObject({ covered: 3, left: 0 });
    const { quantity, entryPrice } = await runtime.db.position.findFirstOrThrow();
    const points = await runtime.db.equityPoint.findMany({ where: { at: { gt: new Date(FIRST_SLOT) } } });
    const priceAt = (slot: number): number =>
      fixture.market.candles.get("BTC/USDT")?.findLast(({ openTime }) => openTime < slot)?.close ?? 0;
    const expected = slots.map((slot) => (priceAt(slot) - Number(entryPrice)) * Number(quantity));
    const marked = points.map(({ unrealizedPnl }) => Number(unrealizedPnl));
    expect(marked).toHaveLength(3);
    marked.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? 0, 6));
  });
});

it("too late to catch up, a bot misses all but the newest slot, whatever late slots others have", async () => {
  const newest = FIRST_SLOT + 30 * HOUR_MS;
  const other = await fixture.addBot();
  const twoBefore = new Date(newest - 2 * HOUR_MS);
  await runtime.db.bot.update({ where: { id: other }, data: { nextDue: twoBefore } });
  expect(await lookAt(newest)).toMatchObject({ covered: 4, left: 0 });
  expect(await cyclesOf()).toMatchObject([{ missedCount: 30 }, { status: "done" }]);
  expect(await cyclesOf(other)).toHaveLength(3);
});

it("announces a run for a bot whose newest slot is a late one of others", async () => {
  await runtime.db.bot.updateMany({ data: { tradingState: "halted" } });
  const often = await fixture.addBot();
  await runtime.db.$executeRaw`UPDATE bots SET interval_seconds = 1800 WHERE id = ${often}::uuid`;
  const { planned, covered } = await lookAt(FIRST_SLOT + HOUR_MS / 2);
  expect(covered).toBe(2);
  expect(planned).toMatchObject([{ botId: fixture.botId, slot: new Date(FIRST_SLOT).toISOString() }]);
});

describe("a candle that only the settlement of a position needs", () => {
  // Nothing is decided at half past.
  const slot = FIRST_SLOT + HOUR_MS / 2;
  beforeEach(async () => {
    await enter();
    await runtime.db.$executeRaw`UPDATE bots SET interval_seconds = 1800, next_due = ${new Date(slot)}`;
    await runtime.db.venueClock.deleteMany();
  });
  /** Two seconds after the slot, where the market has candles until some minutes before it. */
  const lookBehind = async (minutes: number): Promise<LookedPage> => {
    fixture.setTime(slot + 2000);
    fixture.market.now = slot - minutes * 60_000;
    return lookAtPage(fixture.ports, { venueId: fixture.venueId, slot, after: FIRST_ID });
  };

  it("is waited for", async () => {
    expect(await lookBehind(1)).toMatchObject({ covered: 0, planned: [], left: 1 });
    expect(await lookAt(slot, slot + 3000)).toMatchObject({ covered: 1, left: 0 });
    expect((await runtime.db.position.findFirstOrThrow()).settledThrough).toEqual(new Date(slot));
  });

  it("is not waited for in a market that is silent, which may be gone", async () => {
    expect(await lookBehind(20)).toMatchObject({ covered: 1, left: 0 });
  });

  it("is left to the run that a bot needs anyway", async () => {
    const cycle = { id: runtime.newId(), botId: fixture.botId, slot: new Date(slot - 60_000) };
    await runtime.db.position.updateMany({ data: { settledThrough: new Date(slot - 5 * 60_000) } });
    await runtime.db.cycle.create({ data: cycle });
    expect(await lookBehind(1)).toMatchObject({ covered: 0, planned: [{ botId: fixture.botId }], left: 0 });
  });
});
