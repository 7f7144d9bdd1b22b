import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import pg from "pg";
import { openBed } from "../../../scripts/testing/open-bed";
import { VenueError } from "~/trading/venue-error";
import { findOutage } from "../venues/find-outage";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { planSlot } from "../testing/cycle-fixture";
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
const nextDueOf = async (botId = fixture.botId): Promise<number | undefined> =>
  (await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } })).nextDue?.getTime();

describe("a look at a slot", () => {
  it("covers a bot that has nothing to do: its cycle is done, its decisions and equity are stored", async () => {
    expect(await lookAt(FIRST_SLOT)).toMatchObject({ covered: 1, planned: [], left: 0 });
    const [cycle, ...others] = await cyclesOf();
    expect(others).toEqual([]);
    expect(cycle).toMatchObject({ status: "done", slot: new Date(FIRST_SLOT), settingsVersion: 1, epoch: null });
    expect(cycle?.startedAt).not.toBeNull();
    const decisions = await runtime.db.decision.findMany({ where: { cycleId: cycle?.id ?? "" } });
    expect(decisions.length).toBeGreaterThan(0);
    expect(decisions.every(({ action, analysisId }) => action === "hold" && analysisId !== null)).toBe(true);
    const point = await runtime.db.equityPoint.findFirstOrThrow({ where: { botId: fixture.botId } });
    expect([point.at.getTime(), point.equity.toString()]).toEqual([FIRST_SLOT, "10000"]);
    expect(await nextDueOf()).toBe(FIRST_SLOT + HOUR_MS);
  });

  it("does nothing before its time, nothing twice, and nothing for a bot that is stopped", async () => {
    const nothing = { next: null, covered: 0, planned: [], left: 0 };
    expect(await lookAt(FIRST_SLOT, FIRST_SLOT - 1)).toEqual(nothing);
    await lookAt(FIRST_SLOT);
    expect(await lookAt(FIRST_SLOT)).toEqual(nothing);
    await runtime.db.bot.updateMany({ data: { status: "stopped", stoppedReason: "user" } });
    expect(await lookAt(FIRST_SLOT + HOUR_MS)).toEqual(nothing);
    expect(await cyclesOf()).toHaveLength(1);
  });

  it("after downtime leaves one missed row for all that passed, and covers only the newest slot", async () => {
    await lookAt(FIRST_SLOT);
    const newest = FIRST_SLOT + 50 * HOUR_MS;
    await lookAt(newest, newest + 1000);
    const [, missed, last, ...others] = await cyclesOf();
    expect(others).toEqual([]);
    expect(missed).toMatchObject({
      status: "skipped",
      skipReason: "missed",
      slot: new Date(FIRST_SLOT + HOUR_MS),
      missedThrough: new Date(newest - HOUR_MS),
      missedCount: 49,
    });
    expect(last).toMatchObject({ status: "done", slot: new Date(newest) });
  });

  it("that comes late covers the slots that passed in their order, each with its own marks", async () => {
    const newest = FIRST_SLOT + 3 * HOUR_MS;
    expect(await lookAt(newest)).toMatchObject({ covered: 4, left: 0 });
    const slots = [0, 1, 2, 3].map((hours) => new Date(FIRST_SLOT + hours * HOUR_MS));
    expect(await cyclesOf()).toMatchObject(slots.map((slot) => ({ slot, status: "done" })));
    const points = await runtime.db.equityPoint.findMany({ orderBy: { at: "asc" } });
    expect(points.map(({ at }) => at)).toEqual(slots);
    expect(await runtime.db.marketSnapshot.count({ where: { slot: { lt: new Date(newest) } } })).toBe(0);
  });

  it.each([
    [24, 25, null],
    [25, 1, 25],
  ])("that comes %i slots late covers %i: more than 24 are missed, in one row", async (late, covered, missed) => {
    const newest = FIRST_SLOT + late * HOUR_MS;
    expect(await lookAt(newest)).toMatchObject({ covered, left: 0 });
    expect((await cyclesOf()).find(({ skipReason }) => skipReason === "missed")?.missedCount ?? null).toBe(missed);
    expect(await nextDueOf()).toBe(newest + HOUR_MS);
  });

  it.each([
    ["in time", 0, [2, 2]],
    ["late, no page before the slots of another", 2, [6, 6]],
  ])("goes page by page, each bot once a slot, and ends with the last: %s", async (_how, late, covered) => {
    for (let index = 0; index < 3; index++) await fixture.addBot();
    const slot = FIRST_SLOT + late * HOUR_MS;
    fixture.setTime(slot);
    const pages: number[] = [];
    let after: string | null = FIRST_ID;
    while (after !== null) {
      const look = { venueId: fixture.venueId, slot, after, botsPerPage: 2 };
      const looked: LookedPage = await lookAtPage(fixture.ports, look);
      pages.push(looked.covered);
      after = looked.next;
    }
    expect(pages).toEqual(covered);
    expect(await runtime.db.cycle.count({ where: { status: "done" } })).toBe(4 * (late + 1));
  });

  it("skips a slot that needed a run as stale when the next has come", async () => {
    await runtime.db.bot.updateMany({ data: { tradingState: "halted" } });
    await lookAt(FIRST_SLOT + HOUR_MS);
    const [late, now, ...others] = await cyclesOf();
    expect(others).toEqual([]);
    expect(late).toMatchObject({ slot: new Date(FIRST_SLOT), skipReason: "stale" });
    expect(now).toMatchObject({ slot: new Date(FIRST_SLOT + HOUR_MS), status: "due" });
  });

  it("comes by bots whose interval has no such slot", async () => {
    await runtime.db.$executeRaw`UPDATE bots SET interval_seconds = 7200`;
    await lookAt(FIRST_SLOT);
    expect(await lookAt(FIRST_SLOT + HOUR_MS)).toMatchObject({ covered: 0, planned: [] });
    expect(await nextDueOf()).toBe(FIRST_SLOT + 2 * HOUR_MS);
  });

  it("by several at once accounts for each slot of each bot once", async () => {
    const botIds = [fixture.botId];
    for (let index = 0; index < 12; index++) botIds.push(await fixture.addBot());
    const looks = await Promise.allSettled(Array.from({ length: 6 }, () => lookAt(FIRST_SLOT)));
    const covered = looks.flatMap((look) => (look.status === "fulfilled" ? [look.value.covered] : []));
    expect(covered.reduce((sum, count) => sum + count, 0)).toBe(botIds.length);
    for (const botId of botIds) expect(await cyclesOf(botId)).toHaveLength(1);
    expect(await runtime.db.equityPoint.count()).toBe(botIds.length);
  });

  it("asks the database as often for many bots as for one: for a page of 250 at most 0.1 times a bot", async () => {
    const tripsOfLook = async (slot: number): Promise<number> => {
      const asked = vi.spyOn(pg.Client.prototype, "query");
      await lookAt(slot);
      const trips = asked.mock.calls.length;
      asked.mockRestore();
      return trips;
    };
    await lookAt(FIRST_SLOT);
    const ofOne = await tripsOfLook(FIRST_SLOT + HOUR_MS);
    const botIds = [fixture.botId];
    for (let index = 0; index < 24; index++) botIds.push(await fixture.addBot());
    await lookAt(FIRST_SLOT + 2 * HOUR_MS);
    expect(await tripsOfLook(FIRST_SLOT + 3 * HOUR_MS)).toBe(ofOne);
    expect(ofOne).toBeLessThanOrEqual(12);
    for (const botId of botIds) expect((await cyclesOf(botId)).at(-1)).toMatchObject({ status: "done" });
  });

  it("is all or nothing: what fails in its middle leaves the slot to be looked at again", async () => {
    await owner.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'planted'; END $$;
      CREATE TRIGGER planted BEFORE INSERT ON equity_points EXECUTE FUNCTION refuse()`);
    await expect(lookAt(FIRST_SLOT)).rejects.toThrow(/planted/);
    expect(await cyclesOf()).toEqual([]);
    expect(await runtime.db.decision.count()).toBe(0);
    await owner.query("DROP TRIGGER planted ON equity_points");
    expect(await lookAt(FIRST_SLOT)).toMatchObject({ covered: 1 });
  });
});

describe("a look leaves to a run", () => {
  const expectRun = async (): Promise<void> => {
    const { planned, covered } = await lookAt(FIRST_SLOT);
    const [cycle] = await cyclesOf();
    expect([covered, cycle?.status]).toEqual([0, "due"]);
    const slot = new Date(FIRST_SLOT).toISOString();
    expect(planned).toEqual([{ botId: fixture.botId, cycleId: cycle?.id, slot, wallAt: FIRST_SLOT }]);
    expect(await nextDueOf()).toBe(FIRST_SLOT + HOUR_MS);
    expect(await runtime.db.equityPoint.count()).toBe(0);
  };

  it("a bot that a run has", async () => {
    await runtime.db.$executeRaw`
      UPDATE bot_leases SET holder = 'another', epoch = 7, expires_at = clock_timestamp() + interval '30 seconds'`;
    await expectRun();
  });

  it("a bot of which an earlier slot waits for its run", async () => {
    await planSlot(fixture, FIRST_SLOT);
    const { planned, covered } = await lookAt(FIRST_SLOT + HOUR_MS);
    expect([covered, planned.map(({ slot }) => Date.parse(slot))]).toEqual([0, [FIRST_SLOT + HOUR_MS]]);
    expect(await cyclesOf()).toMatchObject([{ status: "due" }, { status: "due" }]);
  });

  it("a bot that is halted, so that its slot is skipped as such", async () => {
    await runtime.db.bot.updateMany({ data: { tradingState: "halted" } });
    await expectRun();
  });

  it("a bot of a venue that does not answer", async () => {
    const at = new Date(FIRST_SLOT - 1000);
    await runtime.db.venueHealth.create({
      data: { venueId: fixture.venueId, state: "unreachable", message: "it is silent", since: at, checkedAt: at },
    });
    expect(await findOutage(runtime.db, fixture.venueId, FIRST_SLOT)).toBe("it is silent");
    await expectRun();
  });

  it("a bot whose money is not on paper", async () => {
    await owner.query(`SET session_replication_role = replica; UPDATE accounts SET kind = 'live';
      UPDATE bots SET account_kind = 'live'; SET session_replication_role = origin`);
    await expectRun();
  });
});

it("leaves a bot whose settings it cannot read to that bot's own run, and covers all others", async () => {
  const broken = await fixture.addBot();
  await runtime.db.botSettings.create({ data: { botId: broken, version: 2, settings: { mode: "gone" } } });
  await runtime.db.bot.update({ where: { id: broken }, data: { settingsVersion: 2 } });
  expect(await lookAt(FIRST_SLOT)).toMatchObject({ covered: 1, left: 0, planned: [{ botId: broken }] });
  expect(await cyclesOf(broken)).toMatchObject([{ status: "due", slot: new Date(FIRST_SLOT) }]);
});

it("leaves a page to its bots' own runs where a market of it cannot be read", async () => {
  const other = await fixture.addBot();
  Object.assign(fixture.market, { fetchCandles: () => Promise.reject(new VenueError("unreachable", "no answer")) });
  const { planned, covered } = await lookAt(FIRST_SLOT);
  expect([covered, planned.length]).toEqual([0, 2]);
  expect(await cyclesOf(other)).toMatchObject([{ status: "due" }]);
});
