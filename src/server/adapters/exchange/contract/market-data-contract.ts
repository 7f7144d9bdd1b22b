import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { aggregateCandles } from "~/trading/market/aggregate-candles";
import { closedCandles, type Candle } from "~/trading/market/candle";
import { timeframeMs } from "~/trading/market/timeframe";
import { decimal } from "~/trading/money";
import type { MarketData, MarketRef } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";

/** The contract's test world: a swap with a gap and a spot market, both of 5m candles from `from` on. */
export type MarketWorld = {
  readonly from: number;
  readonly swap: MarketRef;
  readonly spot: MarketRef;
  readonly absent: MarketRef;
  readonly candlesOf: (market: MarketRef) => readonly Candle[];
  /** Open time of a candle of the swap that is missing. */
  readonly gapAt: number;
  /** The instant at which the market is looked at, ms; candles go on after it. */
  readonly now: number;
};

/** A venue that shows this world through its adapter, on a clock that the suite sets. */
export type ShownWorld = {
  readonly market: MarketData;
  readonly setTime: (now: number) => void;
  readonly close: () => Promise<void>;
};

const STEP = timeframeMs("5m");
const DECIMAL_TEXT = /^\d+(\.\d+)?$/;
const isPositive = (text: string): boolean => DECIMAL_TEXT.test(text) && decimal(text).gt(0);
/** Unknown is null; a zero would be taken for a price. */
const isPriceOrUnknown = (text: string | null): boolean => text === null || isPositive(text);

/** What the product relies on in every venue's market data, whichever protocol the venue speaks. */
export const describeMarketData = (world: MarketWorld, show: () => Promise<ShownWorld>): void => {
  let shown: ShownWorld;
  beforeAll(async () => {
    shown = await show();
  });
  afterAll(() => shown.close());
  afterEach(() => shown.setTime(world.now));

  const { swap, spot, absent, from, now } = world;
  const closedBy = (market: MarketRef, time: number) => closedCandles([...world.candlesOf(market)], "5m", time);
  const fetch5m = (market: MarketRef, through: number) =>
    shown.market.fetchCandles({ ...market, timeframe: "5m", from, through });

  describe("the markets it lists", () => {
    it("are those there are, with steps and least amounts that can be traded by", async () => {
      const listed = await shown.market.listMarkets();
      for (const { pair, marketType } of [swap, spot]) {
        const rules = listed.find((each) => each.pair === pair && each.marketType === marketType);
        expect([rules?.tick, rules?.lot, rules?.contractSize, rules?.quantityMin].map((text) => isPositive(text ?? ""))) //
          .toEqual([true, true, true, true]);
        expect(isPriceOrUnknown(rules?.notionalMin ?? null)).toBe(true);
        expect(decimal(rules?.quantityMin ?? 0).gte(rules?.lot ?? 1)).toBe(true);
      }
    });
  });

  describe("its candles", () => {
    it("ascend without duplicates, and gaps are left out", async () => {
      const fetched = await fetch5m(swap, now);
      expect(fetched).toEqual(closedBy(swap, now));
      expect(fetched.some(({ openTime }) => openTime === world.gapAt)).toBe(false);
    });

    it("have all closed at the venue's time, to the millisecond", async () => {
      shown.setTime(now + STEP - 1);
      expect((await fetch5m(swap, now + 9 * STEP)).at(-1)?.openTime).toBe(now - STEP);
      shown.setTime(now + STEP);
      expect((await fetch5m(swap, now + 9 * STEP)).at(-1)?.openTime).toBe(now);
    });

    it("of a longer timeframe are the finer ones put together", async () => {
      const hour = timeframeMs("1h");
      const wanted = { ...spot, timeframe: "1h", from: Math.ceil(from / hour) * hour, through: now } as const;
      const whole = aggregateCandles(world.candlesOf(spot), { from: "5m", to: "1h" });
      const expected = closedCandles(whole, "1h", now).filter(({ openTime }) => openTime >= wanted.from);
      expect(await shown.market.fetchCandles(wanted)).toEqual(expected);
    });

    it("are none where none is wanted", async () => {
      expect(await shown.market.fetchCandles({ ...swap, timeframe: "5m", from: now, through: now - STEP })).toEqual([]);
    });
  });

  describe("the open of a candle", () => {
    const open = (openTime: number) => shown.market.fetchOpenPrice({ ...swap, timeframe: "5m", openTime });

    it("is known from the instant at which it opens", async () => {
      const forming = world.candlesOf(swap).find(({ openTime }) => openTime === now);
      expect(decimal((await open(now)) ?? 0).toNumber()).toBe(forming?.open);
    });

    it("is unknown before that, and of a candle that is missing", async () => {
      expect([await open(now + STEP), await open(world.gapAt)]).toEqual([null, null]);
    });
  });

  describe("its quotes", () => {
    it("are stamped with the venue's time, and what is unknown is null and not zero", async () => {
      const ticker = await shown.market.fetchTicker(swap);
      expect(ticker.time).toBe(now);
      expect(isPositive(ticker.last)).toBe(true);
      expect([ticker.bid, ticker.ask].every(isPriceOrUnknown)).toBe(true);
      expect(decimal(ticker.bid ?? 0).lte(ticker.ask ?? Number.POSITIVE_INFINITY)).toBe(true);
    });

    it("tell neither funding nor open interest of spot", async () => {
      expect([await shown.market.fetchFundingRate(spot), await shown.market.fetchOpenInterest(spot)]) //
        .toEqual([null, null]);
    });
  });

  it("its clock is the venue's", async () => {
    shown.setTime(now + 12_345);
    expect(await shown.market.fetchTime()).toBe(now + 12_345);
  });

  it("a market that it does not have is refused for good, by a venue's error", async () => {
    const asked = shown.market.fetchTicker(absent);
    const refusal = await asked.catch((error: unknown) => error);
    expect(refusal instanceof VenueError && [refusal.kind, refusal.retryable]).toEqual(["refused", false]);
    await expect(fetch5m(absent, now)).rejects.toMatchObject({ name: "VenueError" });
  });
};
