import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { planLooks, type PlannedLook } from "./plan-looks";

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed), { per: "test" });
beforeEach(async () => {
  fixture = await createBooksFixture(runtime);
});

const planAt = (time: number): Promise<PlannedLook[]> => {
  fixture.setTime(time);
  return planLooks(fixture.ports);
};

it("plans the slots of the next 90 seconds, with the wall time at which each comes", async () => {
  expect(await planAt(FIRST_SLOT - 90_001)).toEqual([]);
  const [planned, ...others] = await planAt(FIRST_SLOT - 90_000);
  expect(planned).toMatchObject({ venueId: fixture.venueId, slot: FIRST_SLOT, wallAt: FIRST_SLOT, again: null });
  expect(others).toEqual([]);
});

it("plans by the venue's clock: at 720 times the speed, 90 seconds are 18 hourly slots, 5 wall seconds apart", async () => {
  await runtime.db.venueClock.updateMany({ data: { speed: 720 } });
  const planned = await planAt(FIRST_SLOT);
  expect(planned.map(({ wallAt }) => wallAt)).toEqual(
    Array.from({ length: 19 }, (_, index) => FIRST_SLOT + index * 5000),
  );
});

it("plans a slot once for all bots of a venue, whatever their intervals", async () => {
  for (let index = 0; index < 5; index++) await fixture.addBot();
  await runtime.db.$executeRaw`
    UPDATE bots SET interval_seconds = 1800, next_due = ${new Date(FIRST_SLOT)} WHERE id = ${fixture.botId}::uuid`;
  await runtime.db.venueClock.updateMany({ data: { speed: 720 } });
  const slots = (await planAt(FIRST_SLOT)).map(({ slot }) => slot);
  expect(slots).toEqual(Array.from({ length: 37 }, (_, index) => FIRST_SLOT + (index * HOUR_MS) / 2));
});

it("plans nothing for bots that do not run, nor on a clock that stands before the slot", async () => {
  await runtime.db.bot.updateMany({ data: { status: "stopped", stoppedReason: "user" } });
  expect(await planAt(FIRST_SLOT)).toEqual([]);
  await runtime.db.bot.updateMany({ data: { status: "running", stoppedReason: null } });
  await runtime.db.venueClock.updateMany({ data: { speed: 0, anchorMarket: new Date(FIRST_SLOT - 1000) } });
  expect(await planAt(FIRST_SLOT + HOUR_MS)).toEqual([]);
});

it("of slots that passed plans the newest alone, and says that its look was lost", async () => {
  const [planned, ...others] = await planAt(FIRST_SLOT + 50 * HOUR_MS + 20_000);
  expect(planned).toMatchObject({ slot: FIRST_SLOT + 50 * HOUR_MS, again: expect.any(Number) as number });
  expect(others).toEqual([]);
});

it("names the clock that it went by: slots that were retimed are announced anew", async () => {
  const [before] = await planAt(FIRST_SLOT - 60_000);
  const anchorWall = new Date(FIRST_SLOT - 60_000);
  await runtime.db.venueClock.updateMany({ data: { anchorWall, anchorMarket: anchorWall, speed: 2 } });
  const [after] = await planAt(FIRST_SLOT - 60_000);
  expect(after).toMatchObject({ slot: before?.slot, wallAt: FIRST_SLOT - 30_000 });
  expect(after?.clock).not.toBe(before?.clock);
});
