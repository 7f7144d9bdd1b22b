import { nobodyListens } from "../testing/nobody-listens";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import { selectBots } from "../views/bots/bot-rows-query";
import type { Ports } from "../ports";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT, type BooksFixture } from "../testing/books-fixture";
import { createPerson } from "../testing/people-fixture";
import { getVenue, listVenues } from "../views/venues/list-venues";
import { CLOCK_NOTICE_MS, setVenueSpeed } from "./set-venue-speed";
import { DEMO_EMAIL } from "./speed-rights";
import { toClockRow, venueTimeAt, wallTimeOf } from "./venue-time";
import { venueTimeSql } from "./venue-time-sql";

type Hint = Parameters<Ports["events"]["clockSet"]>[0];

let runtime: Runtime;
let books: BooksFixture;
let hints: Hint[];
let ports: Ports;
openBed((bed) => ({ runtime } = bed));
beforeEach(async () => {
  books = await createBooksFixture(runtime);
  await setRole("admin");
  hints = [];
  const keep = (hint: Hint): Promise<void> => Promise.resolve(void hints.push(hint));
  ports = { ...books.ports, events: { ...nobodyListens, clockSet: keep } };
});

const setRole = (role: "trader" | "admin") => runtime.db.user.update({ where: { id: books.userId }, data: { role } });
const readRow = () => runtime.db.venueClock.findUniqueOrThrow({ where: { venueId: books.venueId } });
type Row = Awaited<ReturnType<typeof readRow>>;
const timeBy = (row: Row, wall: number): number =>
  Math.min(venueTimeAt(toClockRow(row), wall), row.highWater.getTime());
const set = (speed: number, userId = books.userId) => setVenueSpeed(ports, { userId, venueId: books.venueId, speed });

describe("a new speed", () => {
  it("begins after the notice, is kept as the choice, and the clock may be read five seconds ahead of it", async () => {
    books.setTime(FIRST_SLOT + 10_000);
    await set(720);
    const row = await readRow();
    const anchorWall = FIRST_SLOT + 10_000 + CLOCK_NOTICE_MS;
    expect(row).toMatchObject({ speed: 720, previousSpeed: 1, chosenSpeed: 720, anchorWall: new Date(anchorWall) });
    expect(venueTimeAt(toClockRow(row), anchorWall - 500)).toBe(FIRST_SLOT + 10_500);
    expect(venueTimeAt(toClockRow(row), anchorWall + 500)).toBe(FIRST_SLOT + 11_000 + 500 * 720);
    expect(row.highWater.getTime()).toBe(FIRST_SLOT + 11_000 + 5000 * 720);
  });

  it("never lets market time run back, nor two readers disagree, whoever still uses the row of a moment ago", async () => {
    const changes = fc.array(
      fc.record({ speed: fc.constantFrom(0, 1, 60, 720, 3600), afterMs: fc.integer({ min: 1000, max: 4000 }) }),
      { minLength: 2, maxLength: 8 },
    );
    await runtime.db.venueClock.updateMany({ data: { highWater: new Date(FIRST_SLOT + 5000) } });
    let next = FIRST_SLOT;
    const property = fc.asyncProperty(changes, fc.integer({ min: 1, max: CLOCK_NOTICE_MS }), async (list, staleMs) => {
      let shown = timeBy(await readRow(), next);
      for (const { speed, afterMs } of list) {
        const wall = next;
        next += afterMs;
        const stale = await readRow();
        books.setTime(wall);
        await set(speed);
        const fresh = await readRow();
        for (const at of [wall, wall + Math.floor(staleMs / 2), wall + staleMs]) {
          expect(timeBy(stale, at)).toBe(timeBy(fresh, at));
        }
        for (let at = wall; at <= wall + afterMs; at += 125) {
          expect(timeBy(fresh, at)).toBeGreaterThanOrEqual(shown);
          shown = timeBy(fresh, at);
        }
      }
    });
    await fc.assert(property, { numRuns: 12 });
  });

  it("waits for one that has not begun, and both come true", async () => {
    let wall = FIRST_SLOT;
    ports = { ...ports, wallNow: () => (wall += 400) };
    await set(3600);
    await set(0);
    const row = await readRow();
    expect(row).toMatchObject({ speed: 0, previousSpeed: 3600 });
    expect(hints).toHaveLength(2);
    expect(row.anchorMarket.getTime()).toBeGreaterThan(FIRST_SLOT + CLOCK_NOTICE_MS * 3600);
  });

  it("is told to everybody with an account there, and hinted once it is written", async () => {
    const other = await createPerson(runtime);
    const account = { id: runtime.newId(), userId: other.userId, venueId: books.venueId, name: "second" };
    await runtime.db.account.create({ data: { ...account, kind: "paper" } });
    await set(60);
    const { anchorMarket, anchorWall } = await readRow();
    const told = await runtime.db.liveEvent.findMany({ where: { kind: "venue-clock" } });
    const payload = { venueId: books.venueId, speed: 60, marketTime: anchorMarket.toISOString() };
    const ours = told.filter(({ userId }) => [books.userId, other.userId].includes(userId));
    expect(ours.map((event) => event.payload)).toEqual([payload, payload]);
    expect(hints).toEqual([{ venueId: books.venueId, anchorWall: anchorWall.getTime() }]);
  });

  it("is in the audit with who set it and what it was before", async () => {
    await set(60);
    const subject = `venue:${books.venueId}`;
    expect(await runtime.db.auditEntry.findMany({ where: { subject } })).toMatchObject([
      { action: "venue-speed", actorId: books.userId, details: { speed: 60, before: 1 } },
    ]);
  });

  it("holds also when its hint is lost", async () => {
    ports = { ...ports, events: { ...nobodyListens, clockSet: () => Promise.reject(new Error("nobody listens")) } };
    await set(60);
    expect(await readRow()).toMatchObject({ speed: 60 });
  });
});

describe("who may not", () => {
  it("is a trader, who is told why before and when asking; an administrator and the demo's login are not", async () => {
    const refusalSeen = async () =>
      (await getVenue(ports, { userId: books.userId, venueId: books.venueId })).speedRefusal;
    const before = await readRow();
    expect(await refusalSeen()).toBeNull();
    await setRole("trader");
    const refusal = await refusalSeen();
    expect(refusal).toMatch(/^Only an administrator and the demo's own login/);
    await expect(set(60)).rejects.toMatchObject({ code: "forbidden", message: refusal });
    expect([await readRow(), hints]).toEqual([before, []]);
    await runtime.db.user.update({ where: { id: books.userId }, data: { email: DEMO_EMAIL } });
    await set(60);
    expect([await refusalSeen(), (await readRow()).speed]).toEqual([null, 60]);
    await runtime.db.user.update({ where: { id: books.userId }, data: { email: `${books.userId}@example.org` } });
  });

  it("is told that there is no such market, and nothing changes", async () => {
    const before = await readRow();
    const stranger = await createPerson(runtime);
    await expect(set(60, stranger.userId)).rejects.toMatchObject({ code: "not-found" });
    const nowhere = { userId: books.userId, venueId: runtime.newId(), speed: 60 };
    await expect(setVenueSpeed(ports, nowhere)).rejects.toMatchObject({ code: "not-found" });
    await expect(getVenue(ports, { userId: stranger.userId, venueId: books.venueId })).rejects.toThrow(/no account/);
    await runtime.db.account.updateMany({ where: { userId: books.userId }, data: { archivedAt: new Date() } });
    await expect(set(60)).rejects.toMatchObject({ code: "not-found" });
    expect(await readRow()).toEqual(before);
    expect(hints).toEqual([]);
  });

  it("is told when another market is shown", async () => {
    await runtime.db.venue.update({ where: { id: books.venueId }, data: { archivedAt: new Date() } });
    await expect(set(60)).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/not running/) });
  });
});

describe("a clock whose speed changes", () => {
  it("shows a market time at the same wall time in the database and by the formula, whatever it ran at", async () => {
    const at = new Date(FIRST_SLOT);
    for (const [speed, previousSpeed] of [
      [720, 1],
      [3600, 0],
      [60, null],
      [7, 3600],
      [0, 720],
      [0, 0],
      [0, null],
    ] as const) {
      const data = { speed, previousSpeed, anchorWall: at, anchorMarket: at };
      const clock = await runtime.db.venueClock.update({ where: { venueId: books.venueId }, data });
      for (const away of [-3_600_000, -1001, -1, 0, 1, 59_999, 86_400_000]) {
        const market = FIRST_SLOT + away;
        const [{ wall } = { wall: undefined }] = await runtime.db.$queryRaw<{ wall: Date | null }[]>`
          SELECT wall_time_of(k, ${new Date(market)}::timestamptz) AS wall FROM venue_clocks k
          WHERE venue_id = ${books.venueId}::uuid`;
        const expected = wallTimeOf(toClockRow(clock), market);
        expect(wall?.getTime() ?? null, `${speed} after ${previousSpeed}, ${away} ms away`).toBe(expected);
      }
    }
  });

  it("is the same in the list of bots, in the database and by the formula, before, while and after it changes", async () => {
    books.setTime(FIRST_SLOT + 10_000);
    await set(720);
    const row = await readRow();
    expect(row.previousSpeed).toBe(1);
    for (const away of [-CLOCK_NOTICE_MS, -1, 0, 1, 12_345]) {
      const wallNow = row.anchorWall.getTime() + away;
      const [{ venueNow } = { venueNow: null }] = await selectBots(runtime.db, { userId: books.userId, wallNow });
      const [{ shown } = { shown: null }] = await runtime.db.$queryRaw<{ shown: Date }[]>`
        SELECT ${venueTimeSql(wallNow)} AS shown FROM venue_clocks k WHERE venue_id = ${books.venueId}::uuid`;
      const expected = new Date(venueTimeAt(toClockRow(row), wallNow));
      expect([venueNow, shown], `${away} ms away`).toEqual([expected, expected]);
    }
  });

  it("is the wall clock for a venue without one", async () => {
    await runtime.db.venueClock.deleteMany({ where: { venueId: books.venueId } });
    const [bot] = await selectBots(runtime.db, { userId: books.userId, wallNow: FIRST_SLOT + 7 });
    expect(bot?.venueNow).toEqual(new Date(FIRST_SLOT + 7));
  });
});

describe("the list of venues", () => {
  it("has the user's own with clock, pairs and bots, and says how each is", async () => {
    const stateOf = async () => (await listVenues(ports, books.userId)).map(({ state }) => state);
    await runtime.db.processHeartbeat.deleteMany();
    expect(await stateOf()).toEqual(["unchecked"]);
    await runtime.db.processHeartbeat.create({ data: { name: "market", beatAt: new Date() } });
    const { anchorWall, anchorMarket, speed, previousSpeed, highWater } = await readRow();
    expect(await listVenues(ports, books.userId)).toMatchObject([
      {
        id: books.venueId,
        isSimulated: true,
        state: "ok",
        clock: { anchorWall, anchorMarket, speed, previousSpeed, highWater },
        pairs: ["BTC/USDT"],
        bots: 1,
      },
    ]);
    await set(0);
    expect(await stateOf()).toEqual(["paused"]);
    await runtime.db.processHeartbeat.updateMany({ data: { beatAt: new Date(Date.now() - 60_000) } });
    expect(await stateOf()).toEqual(["unreachable"]);
    await runtime.db.venue.update({ where: { id: books.venueId }, data: { archivedAt: new Date() } });
    expect(await listVenues(ports, books.userId)).toMatchObject([
      { state: "closed", message: "Its market is not running: another demo market is." },
    ]);
    expect(await listVenues(ports, (await createPerson(runtime)).userId)).toEqual([]);
  });
});
