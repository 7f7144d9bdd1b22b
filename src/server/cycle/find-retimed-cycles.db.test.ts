import { nobodyListens } from "../testing/nobody-listens";
import { beforeEach, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../testing/books-fixture";
import { CLOCK_NOTICE_MS, setVenueSpeed } from "../venues/set-venue-speed";
import { beginCycle } from "./begin-cycle";
import { findRetimedCycles } from "./find-retimed-cycles";
import { planCycles } from "../testing/plan-cycles";

let runtime: Runtime;
let books: BooksFixture;
openBed((bed) => ({ runtime } = bed), { per: "test" });
beforeEach(async () => {
  books = await createBooksFixture(runtime);
  await runtime.db.user.update({ where: { id: books.userId }, data: { role: "admin" } });
  await runtime.db.venueClock.updateMany({ data: { speed: 720 } });
  books.setTime(FIRST_SLOT);
  await planCycles(books.ports);
  // Rows store when they were planned by the database's clock; this test uses the fixture's wall time instead.
  await runtime.db.cycle.updateMany({ data: { plannedAt: new Date(FIRST_SLOT) } });
});

const setSpeed = (speed: number) => {
  const events = nobodyListens;
  return setVenueSpeed({ ...books.ports, events }, { userId: books.userId, venueId: books.venueId, speed });
};
const wallTimes = async (): Promise<number[]> =>
  (await findRetimedCycles(books.ports, null)).map(({ wallAt }) => wallAt - FIRST_SLOT);

it("what a clock planned itself is not announced again", async () => {
  expect(await findRetimedCycles(books.ports, null)).toEqual([]);
});

it("after a change each planned slot of the next 90 seconds comes when the new clock shows it", async () => {
  await setSpeed(3600);
  // 719 s of market time at 720 times the speed, until the change. The first slot's time has come.
  const left = 3600 - 720;
  const expected = Array.from({ length: 18 }, (_, n) => CLOCK_NOTICE_MS + (left + n * 3600) / 3.6);
  expect(await wallTimes()).toEqual([0, ...expected]);
});

it("after slowing down only those that come within 90 seconds are announced: the rest later, by another tick", async () => {
  await setSpeed(60);
  expect(await wallTimes()).toEqual([0, CLOCK_NOTICE_MS + 48_000]);
  books.setTime(FIRST_SLOT + 60_000);
  expect(await wallTimes()).toEqual([0, CLOCK_NOTICE_MS + 48_000, CLOCK_NOTICE_MS + 108_000]);
});

it("while the market is paused no slot comes that it does not show, and after it each comes once, none is missed", async () => {
  await setSpeed(0);
  expect(await wallTimes()).toEqual([0]);
  books.setTime(FIRST_SLOT + 10 * HOUR_MS);
  expect(await planCycles(books.ports)).toEqual([]);
  const [first, second] = await runtime.db.cycle.findMany({ orderBy: { slot: "asc" } });
  const begin = (cycleId: string) => beginCycle(books.ports, { botId: books.botId, cycleId, holder: "run" });
  expect(await begin(second?.id ?? "")).toMatchObject({ outcome: "skipped", reason: /its time has not come/ });
  expect(await begin(first?.id ?? "")).toMatchObject({ outcome: "begun" });
  await setSpeed(720);
  expect((await wallTimes())[0]).toBe(10 * HOUR_MS + CLOCK_NOTICE_MS + 4000);
  await planCycles(books.ports);
  expect(await runtime.db.cycle.count({ where: { skipReason: { not: null } } })).toBe(0);
});

it("comes in pages, each slot once", async () => {
  for (let bots = 0; bots < 15; bots++) await books.addBot();
  await planCycles(books.ports);
  await runtime.db.cycle.updateMany({ data: { plannedAt: new Date(FIRST_SLOT) } });
  await setSpeed(719);
  const first = await findRetimedCycles(books.ports, null);
  const second = await findRetimedCycles(books.ports, first.at(-1) ?? null);
  expect([first.length, second.length]).toEqual([200, 16 * 18 - 200]);
  expect(new Set([...first, ...second].map(({ cycleId }) => cycleId)).size).toBe(16 * 18);
});
