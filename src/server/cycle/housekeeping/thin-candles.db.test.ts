import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { openBed } from "../../../../scripts/testing/open-bed";
import { createCandleStore } from "../../market/candle-store";
import type { Runtime } from "../../runtime";
import { createBooksFixture, FIRST_SLOT, HOUR_MS, type BooksFixture } from "../../testing/books-fixture";
import { claimSlot, stagesOf, wishToEnter } from "../../testing/cycle-fixture";
import { thinCandles } from "./thin-candles";
import type { VenueTime } from "./venue-times";

const DAY_MS = 24 * HOUR_MS;
const STEP = 300_000;
/** How long 5m candles of a demo market are kept. */
const KEPT_MS = 30 * DAY_MS;

let runtime: Runtime;
let fixture: BooksFixture;
openBed((bed) => ({ runtime } = bed));
beforeEach(async () => {
  fixture = await createBooksFixture(runtime, { days: 20, volatility: 0.0001 });
  fixture.setTime(FIRST_SLOT + 20 * DAY_MS);
});

const marketOf = async () => {
  const { id, pair, marketType } = await runtime.db.market.findFirstOrThrow({ where: { venueId: fixture.venueId } });
  return { id, pair, marketType };
};
const venueAt = (now: number, changes: Partial<VenueTime> = {}): VenueTime[] => [
  { id: fixture.venueId, kind: "demo", now, isArchived: false, ...changes },
];
const read = async (store: ReturnType<typeof createCandleStore>, from: number, closedBy: number) =>
  store.read(await marketOf(), { timeframe: "5m", from, closedBy }, fixture.market);
const shownBetween = (from: number, closedBy: number) =>
  (fixture.market.candles.get("BTC/USDT") ?? []).filter(({ openTime }) => openTime >= from && openTime < closedBy);
const storedFrom = async () =>
  (await runtime.db.candle.findFirst({ where: { market: { venueId: fixture.venueId } }, orderBy: { openTime: "asc" } }))
    ?.openTime;

describe("thinning a demo market's candles", () => {
  it("drops what is old together with its coverage, and a reader afterwards gets the same candles again", async () => {
    await read(createCandleStore(runtime.db), FIRST_SLOT, FIRST_SLOT + 2 * DAY_MS);
    expect(await thinCandles(runtime, venueAt(FIRST_SLOT + DAY_MS + KEPT_MS))).toBe(288);
    expect(await storedFrom()).toEqual(new Date(FIRST_SLOT + DAY_MS));
    const again = await read(createCandleStore(runtime.db), FIRST_SLOT, FIRST_SLOT + 2 * DAY_MS);
    expect(again).toEqual(shownBetween(FIRST_SLOT, FIRST_SLOT + 2 * DAY_MS));
  });

  it("whatever is read and dropped in whatever order, every reader gets the venue's candles", async () => {
    const hours = fc.integer({ min: 0, max: 19 * 24 });
    const reading = fc.record({ from: hours, length: fc.integer({ min: 1, max: 72 }), isNew: fc.boolean() });
    const steps = fc.array(fc.oneof(reading, fc.record({ cut: hours })), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        let store = createCandleStore(runtime.db);
        for (const step of plan) {
          if ("cut" in step) {
            await thinCandles(runtime, venueAt(FIRST_SLOT + step.cut * HOUR_MS + KEPT_MS));
            continue;
          }
          if (step.isNew) store = createCandleStore(runtime.db);
          const from = FIRST_SLOT + step.from * HOUR_MS;
          const closedBy = Math.min(from + step.length * HOUR_MS, FIRST_SLOT + 20 * DAY_MS);
          expect(await read(store, from, closedBy)).toEqual(shownBetween(from, closedBy));
        }
      }),
      { numRuns: 8 },
    );
  });

  it("readers that run beside it get the venue's candles too", async () => {
    const readers = Array.from({ length: 6 }, (_, index) =>
      read(createCandleStore(runtime.db), FIRST_SLOT + index * HOUR_MS, FIRST_SLOT + 3 * DAY_MS),
    );
    const cuts = [6, 30, 60].map((hour) => thinCandles(runtime, venueAt(FIRST_SLOT + hour * HOUR_MS + KEPT_MS)));
    await Promise.all(cuts);
    for (const [index, candles] of (await Promise.all(readers)).entries()) {
      expect(candles).toEqual(shownBetween(FIRST_SLOT + index * HOUR_MS, FIRST_SLOT + 3 * DAY_MS));
    }
  });

  it("asks for a span long before what is kept without storing what lies between", async () => {
    const store = createCandleStore(runtime.db);
    await read(store, FIRST_SLOT + 10 * DAY_MS, FIRST_SLOT + 11 * DAY_MS);
    const early = await read(store, FIRST_SLOT, FIRST_SLOT + HOUR_MS);
    expect(early).toEqual(shownBetween(FIRST_SLOT, FIRST_SLOT + HOUR_MS));
    expect(fixture.market.requests.at(-1)).toMatchObject({ from: FIRST_SLOT, through: FIRST_SLOT + HOUR_MS - STEP });
    expect(await storedFrom()).toEqual(new Date(FIRST_SLOT + 10 * DAY_MS));
  });

  it("begins anew where all that was covered is too old, instead of asking for years", async () => {
    const store = createCandleStore(runtime.db);
    await read(store, FIRST_SLOT, FIRST_SLOT + HOUR_MS);
    await thinCandles(runtime, venueAt(FIRST_SLOT + 10 * DAY_MS + KEPT_MS));
    const from = FIRST_SLOT + 15 * DAY_MS;
    await read(createCandleStore(runtime.db), from, from + HOUR_MS);
    expect(fixture.market.requests.at(-1)).toMatchObject({ from });
  });

  it("keeps every candle over which an open position is not settled yet", async () => {
    fixture.setTime(FIRST_SLOT);
    const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run" });
    for (const stage of stagesOf(fixture, wishToEnter(fixture))) await stage.run(cycle);
    const { settledThrough } = await runtime.db.position.findFirstOrThrow({ where: { botId: fixture.botId } });
    fixture.setTime(FIRST_SLOT + 20 * DAY_MS);
    await read(createCandleStore(runtime.db), FIRST_SLOT - DAY_MS, FIRST_SLOT + DAY_MS);
    await thinCandles(runtime, venueAt(FIRST_SLOT + 20 * DAY_MS + KEPT_MS));
    const oldest = await runtime.db.candle.findFirstOrThrow({
      where: { market: { venueId: fixture.venueId }, timeframe: "5m" },
      orderBy: { openTime: "asc" },
    });
    expect(oldest.openTime).toEqual(settledThrough);
  });

  it.each<[string, Partial<VenueTime>]>([
    ["a real venue", { kind: "okx" }],
    ["an archived one, whose source does not run", { isArchived: true }],
  ])("leaves those of %s alone", async (_, changes) => {
    await read(createCandleStore(runtime.db), FIRST_SLOT, FIRST_SLOT + HOUR_MS);
    expect(await thinCandles(runtime, venueAt(FIRST_SLOT + 900 * DAY_MS, changes))).toBe(0);
  });
});
