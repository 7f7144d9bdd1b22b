import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { auditBot } from "../../books/audit-bot";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { planCycles } from "../../testing/plan-cycles";
import { insertSampleCall } from "../../testing/sample-call";
import { thinCycles } from "./thin-cycles";
import { thinEquityPage } from "./thin-equity";
import { thinMarketRecords } from "./thin-records";
import { readVenueTimes } from "./venue-times";

const DAY_MS = 86_400_000;

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));

/** Two whole cycles: the first enters, the second holds or closes as the bot's mode decides. */
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { volatility: 0.0003 });
  for (const slot of [FIRST_SLOT, FIRST_SLOT + HOUR_MS]) {
    const cycle = await claimSlot(fixture, slot, { holder: `run-${slot}` });
    const wish = slot === FIRST_SLOT ? wishToEnter(fixture) : null;
    for (const stage of stagesOf(fixture, wish)) await stage.run(cycle);
  }
});

const ofBot = () => ({ where: { botId: fixture.botId } });

/** Lets this many days of the venue's own time pass. */
const passVenueDays = async (days: number): Promise<void> => {
  const at = new Date(FIRST_SLOT + days * DAY_MS);
  const data = { speed: 0, anchorMarket: at, highWater: at };
  await runtime.db.venueClock.update({ where: { venueId: fixture.venueId }, data });
  await dueAfter(days);
};
/** As if every slot before had been looked at. */
const dueAfter = async (days: number): Promise<void> => {
  const data = { nextDue: new Date(FIRST_SLOT + days * DAY_MS) };
  await runtime.db.bot.update({ where: { id: fixture.botId }, data });
};
const thin = () => thinMarketRecords(fixture.ports);

describe("thinning by venue time", () => {
  const counts = async () => ({
    cycles: await runtime.db.cycle.count(ofBot()),
    analyses: await runtime.db.analysis.count({ where: { market: { venueId: fixture.venueId } } }),
    orders: await runtime.db.orderIntent.count(ofBot()),
    ledger: await runtime.db.ledgerEntry.count(ofBot()),
  });

  it("keeps everything that is younger than its time, however long people waited", async () => {
    const before = await counts();
    await passVenueDays(29);
    await thinMarketRecords({ db: runtime.db, wallNow: () => Date.now() + 400 * DAY_MS });
    expect(await counts()).toEqual(before);
  });

  it("never counts beyond the high water mark of a clock that runs without an owner", async () => {
    const before = await counts();
    await passVenueDays(1);
    await runtime.db.venueClock.update({ where: { venueId: fixture.venueId }, data: { speed: 3600 } });
    await thinMarketRecords({ db: runtime.db, wallNow: () => FIRST_SLOT + 30 * DAY_MS });
    expect(await counts()).toEqual(before);
  });

  it("counts wall time where a venue keeps it", async () => {
    await runtime.db.venueClock.delete({ where: { venueId: fixture.venueId } });
    await dueAfter(31);
    const before = await counts();
    await thinMarketRecords({ db: runtime.db, wallNow: () => FIRST_SLOT + 30 * DAY_MS });
    expect(await counts()).toEqual(before);
    await thinMarketRecords({ db: runtime.db, wallNow: () => FIRST_SLOT + 31 * DAY_MS });
    expect(await counts()).toEqual({ ...before, cycles: 1, analyses: 0 });
  });

  it("after 30 days turns cycles that only held into counts of their day, drops what was read for them, and no money is forgotten", async () => {
    const before = await counts();
    await passVenueDays(31);
    expect((await thin()).cycles).toBe(1);
    expect(await counts()).toEqual({ ...before, cycles: 1, analyses: 0 });
    // The cycle that entered stays, and is counted with those that went.
    const days = [{ day: new Date(FIRST_SLOT), done: 2, skipped: 0, failed: 0 }];
    expect(await runtime.db.cycleDay.findMany(ofBot())).toMatchObject(days);
    expect((await thin()).cycles).toBe(0);
    expect(await runtime.db.cycleDay.findMany(ofBot())).toMatchObject(days);
  });

  it("leaves nothing that an audit of a bot at rest would take for a breach", async () => {
    await passVenueDays(31);
    await thin();
    const bot = { botId: fixture.botId, settingsVersion: 1, at: FIRST_SLOT + HOUR_MS };
    expect(await auditBot(fixture.ports, bot, true)).toEqual({ broken: [], isWhole: true });
  });

  it("after 30 days keeps a cycle that a model was paid in, and what was read for it", async () => {
    const { id: cycleId } = await runtime.db.cycle.findFirstOrThrow({ ...ofBot(), orderBy: { slot: "desc" } });
    await insertSampleCall(runtime.db, { userId: fixture.userId, botId: fixture.botId, cycleId });
    const before = await counts();
    await passVenueDays(31);
    await thin();
    expect(await counts()).toEqual(before);
  });

  it("thins day after day, also past days of which nothing went", async () => {
    const cycle = (day: number, hour: number) => ({
      id: runtime.newId(),
      botId: fixture.botId,
      slot: new Date(FIRST_SLOT + day * DAY_MS + hour * HOUR_MS),
      status: "done" as const,
    });
    const failing = { ...cycle(1, 0), status: "failed" as const, failure: "no market" };
    const dead = { ...cycle(1, 1), status: "abandoned" as const };
    // It stands for many slots, so it must not be counted as one.
    const missed = { ...cycle(2, 0), status: "skipped" as const, missedCount: 24, missedThrough: cycle(2, 23).slot };
    await runtime.db.cycle.createMany({
      data: [failing, dead, { ...missed, skipReason: "missed" }, cycle(3, 0), cycle(3, 1), cycle(40, 0)],
    });
    await passVenueDays(60);
    expect((await thin()).cycles).toBe(3);
    expect(await runtime.db.cycle.findUnique({ where: { id: missed.id } })).toMatchObject({ missedCount: 24 });
    const days = await runtime.db.cycleDay.findMany({ ...ofBot(), orderBy: { day: "asc" } });
    const toPlain = ({ day, done, skipped, failed }: (typeof days)[number]) => [
      (day.getTime() - FIRST_SLOT) / DAY_MS,
      done,
      skipped,
      failed,
    ];
    expect(days.map(toPlain)).toEqual([
      [0, 2, 0, 0],
      [1, 0, 0, 2],
      [2, 0, 24, 0],
      [3, 2, 0, 0],
    ]);
    expect(await runtime.db.cycle.count({ where: { botId: fixture.botId, status: "done" } })).toBe(2);
  });

  it("after 30 days keeps a cycle whose wish was refused", async () => {
    const slot = FIRST_SLOT + 2 * HOUR_MS;
    const cycle = await claimSlot(fixture, slot, { holder: "run-refused" });
    const wishes = wishToEnter(fixture)(slot).map((wish) => ({ ...wish, stopLoss: wish.takeProfit }));
    for (const stage of stagesOf(fixture, () => wishes)) await stage.run(cycle);
    expect(await runtime.db.verdict.findMany(ofBot())).toContainEqual(expect.objectContaining({ outcome: "rejected" }));
    await passVenueDays(31);
    await thin();
    expect(await runtime.db.cycle.count({ where: { id: cycle.cycleId } })).toBe(1);
  });

  it("counts a day once that two runs thin at the same time", async () => {
    await passVenueDays(31);
    const venues = await readVenueTimes(fixture.ports);
    const went = await Promise.all([thinCycles(runtime, venues), thinCycles(runtime, venues)]);
    expect(went.toSorted()).toEqual([0, 1]);
    expect(await runtime.db.cycleDay.findMany(ofBot())).toMatchObject([{ done: 2, skipped: 0, failed: 0 }]);
  });

  it("waits with the day of a bot's next slot: slots that are missed are recorded and counted there", async () => {
    await passVenueDays(31);
    await dueAfter(2 / 24);
    expect((await thin()).cycles).toBe(0);
    fixture.setTime(FIRST_SLOT + 31 * DAY_MS);
    await planCycles(fixture.ports);
    expect((await thin()).cycles).toBe(1);
    const counted = { day: new Date(FIRST_SLOT), done: 2, skipped: 31 * 24 - 2, failed: 0 };
    expect(await runtime.db.cycleDay.findFirst(ofBot())).toMatchObject(counted);
  });

  it("waits with a day of which a cycle has not ended: its end is counted", async () => {
    const slot = new Date(FIRST_SLOT + HOUR_MS / 2);
    const { id } = await runtime.db.cycle.create({ data: { id: runtime.newId(), botId: fixture.botId, slot } });
    await passVenueDays(31);
    expect((await thin()).cycles).toBe(0);
    await runtime.db.cycle.update({ where: { id }, data: { status: "failed", failure: "no market" } });
    expect((await thin()).cycles).toBe(1);
    expect(await runtime.db.cycleDay.findMany(ofBot())).toMatchObject([{ done: 2, skipped: 0, failed: 1 }]);
  });

  it("drops what the market showed after 90 days", async () => {
    const shown = () => runtime.db.marketSnapshot.count({ where: { market: { venueId: fixture.venueId } } });
    const before = await shown();
    await passVenueDays(90);
    await thin();
    expect(await shown()).toBe(before);
    await passVenueDays(91);
    expect((await thin()).snapshots).toBe(before);
    expect(await shown()).toBe(0);
  });

  it("keeps five-minute equity for a week, hourly for 90 days and daily for ever", async () => {
    const newest = FIRST_SLOT + 200 * DAY_MS;
    const amounts = { equity: "1", cash: "1", margin: "0", unrealizedPnl: "0", peak: "1" };
    const point = (at: number) => ({ botId: fixture.botId, at: new Date(at), ...amounts });
    await runtime.db.equityPoint.deleteMany(ofBot());
    const days = [0, 150, 199];
    const points = days.flatMap((day) =>
      Array.from({ length: 288 }, (_, n) => point(FIRST_SLOT + day * DAY_MS + n * 300_000)),
    );
    // Another bot's points are thinned separately: its point at the same instant is its newest and stays.
    const other = { botId: await fixture.addBot(), at: new Date(FIRST_SLOT + 300_000) };
    await runtime.db.equityPoint.createMany({ data: [...points, point(newest), { ...other, ...amounts }] });
    const first = await thinEquityPage(runtime, fixture.venueId, 1);
    expect(first).toEqual({ last: fixture.botId, dropped: 287 + 264 });
    expect(await thinEquityPage(runtime, fixture.botId, 1)).toEqual({ last: other.botId, dropped: 0 });
    expect(await thinEquityPage(runtime, other.botId, 1)).toEqual({ last: null, dropped: 0 });
    const kept = await runtime.db.equityPoint.findMany({ ...ofBot(), orderBy: { at: "asc" } });
    const on = (day: number) =>
      kept.filter(({ at }) => Math.floor((at.getTime() - FIRST_SLOT) / DAY_MS) === day).map(({ at }) => at.getTime());
    expect(on(0)).toEqual([FIRST_SLOT + DAY_MS - 300_000]);
    expect(on(150)).toHaveLength(24);
    expect(on(199)).toHaveLength(288);
    expect(await runtime.db.equityPoint.count({ where: other })).toBe(1);
  });
});
