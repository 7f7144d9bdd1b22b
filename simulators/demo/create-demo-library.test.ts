import { describe, expect, it } from "vitest";

import type { Candle } from "~/trading/market/candle";
import { aggregateCandles } from "~/trading/market/aggregate-candles";

import { createOkxVenue } from "../okx/create-okx-venue";
import { createDailyAnchors } from "./daily-anchors";
import { createDayCandles, DAY_MS, SYNTHETIC_START } from "./create-day-candles";
import { createDemoLibrary } from "./create-demo-library";
import { DEMO_PAIRS, type DemoPair } from "./demo-pairs";
import { marketDay } from "./market-day";

const SEED = 20_240_101;
const dayOf = (pair: DemoPair, day: number, seed = SEED): Candle[] =>
  createDayCandles(seed, pair, { day, anchors: createDailyAnchors(seed, pair) });
const daysOf = (pair: DemoPair, count: number): Candle[] =>
  Array.from({ length: count }, (_, day) => dayOf(pair, day)).flat();

const returnsOf = (candles: readonly Candle[], every: number): number[] => {
  const closes = candles.filter((_, index) => index % every === every - 1).map(({ close }) => Math.log(close));
  return closes.slice(1).map((close, index) => close - (closes[index] ?? 0));
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const moment = (values: readonly number[], power: number): number => {
  const centre = mean(values);
  return mean(values.map((value) => (value - centre) ** power));
};
const kurtosis = (values: readonly number[]): number => moment(values, 4) / moment(values, 2) ** 2;
const correlation = (first: readonly number[], second: readonly number[]): number => {
  const [centre, otherCentre] = [mean(first), mean(second)];
  const products = first.map((value, index) => (value - centre) * ((second[index] ?? 0) - otherCentre));
  return mean(products) / Math.sqrt(moment(first, 2) * moment(second, 2));
};
const [BTC, ETH] = DEMO_PAIRS as [DemoPair, DemoPair];

describe("a day of the demo's market", () => {
  it("is the same whenever and in whatever order it is asked for, and another for another seed, pair or day", () => {
    const anchors = createDailyAnchors(SEED, BTC);
    const late = createDayCandles(SEED, BTC, { day: 40, anchors });
    expect(createDayCandles(SEED, BTC, { day: 3, anchors })).toEqual(dayOf(BTC, 3));
    expect(dayOf(BTC, 40)).toEqual(late);
    const opens = [dayOf(BTC, 40, SEED + 1), dayOf(ETH, 40), dayOf(BTC, 41)].map((other) => other[7]?.close);
    expect(opens).not.toContain(late[7]?.close);
  });

  it.each(DEMO_PAIRS)(
    "$pair has 1,440 whole candles that follow on each other, on the tick, also over midnight",
    (pair) => {
      const candles = daysOf(pair, 3);
      expect(candles).toHaveLength(3 * 1440);
      candles.forEach(({ openTime, open, high, low, close, volume }, index) => {
        expect(openTime).toBe(SYNTHETIC_START + index * 60_000);
        expect(open).toBe(candles[index - 1]?.close ?? open);
        expect(low).toBeLessThanOrEqual(Math.min(open, close));
        expect(high).toBeGreaterThanOrEqual(Math.max(open, close));
        expect(Math.round(close * pair.ticksPerUnit) / pair.ticksPerUnit).toBe(close);
        expect(volume).toBeGreaterThan(0);
      });
    },
  );
});

describe("the manners of the demo's market", () => {
  const [btc, eth] = [daysOf(BTC, 40), daysOf(ETH, 40)];

  it("has fat tails: the kurtosis of 5m returns is above that of chance", () => {
    expect(kurtosis(returnsOf(btc, 5))).toBeGreaterThan(4);
    expect(kurtosis(returnsOf(eth, 5))).toBeGreaterThan(4);
  });

  it("has volatility that clusters: a lively quarter of an hour follows a lively one", () => {
    const sizes = returnsOf(btc, 15).map(Math.abs);
    expect(correlation(sizes.slice(1), sizes.slice(0, -1))).toBeGreaterThan(0.2);
  });

  it("moves its pairs together, but not as one", () => {
    const value = correlation(returnsOf(btc, 60), returnsOf(eth, 60));
    expect(value).toBeGreaterThan(0.5);
    expect(value).toBeLessThan(0.95);
  });

  it("trades more in wide candles, and more in the afternoon than at night", () => {
    const ranges = btc.map(({ high, low }) => high - low);
    expect(
      correlation(
        ranges,
        btc.map(({ volume }) => volume ?? 0),
      ),
    ).toBeGreaterThan(0.5);
    const volumeAt = (hour: number) =>
      mean(btc.filter(({ openTime }) => new Date(openTime).getUTCHours() === hour).map(({ volume }) => volume ?? 0));
    expect(volumeAt(15)).toBeGreaterThan(1.5 * volumeAt(4));
  });

  it("knows ranges, trends and crashes, and drifts nowhere: over 4,000 days the mean move is within chance of none", () => {
    const days = Array.from({ length: 4000 }, (_, day) => marketDay(SEED, day));
    expect(new Set(days.map(({ regime }) => regime))).toEqual(new Set(["range", "trend", "crash"]));
    const moves = days.map(({ move }) => move);
    // Days of one regime move together, so a quarter of the days counts as independent.
    const error = Math.sqrt(moment(moves, 2) / (moves.length / 4));
    expect(Math.abs(mean(moves))).toBeLessThan(3 * error);
  });
});

describe("the demo's library on the venue", () => {
  const ask = (now: number, query: Record<string, string>, path = "market/history-candles") => {
    const { body } = createOkxVenue({ candles: createDemoLibrary(SEED), now: () => now }).answer(path, query);
    return (body as { data: string[][] }).data;
  };

  it("serves bars that equal the aggregated minutes, across days and from long ago", () => {
    const hours = aggregateCandles(daysOf(BTC, 4), { from: "1m", to: "1h" });
    const after = String(SYNTHETIC_START + 2 * DAY_MS);
    const now = SYNTHETIC_START + 300 * DAY_MS;
    const rows = ask(now, { instId: "BTC-USDT-SWAP", bar: "1H", after, limit: "30" });
    const expected = hours.slice(18, 48).toReversed();
    expect(rows.map(([time, , , , close]) => [Number(time), Number(close)])).toEqual(
      expected.map(({ openTime, close }) => [openTime, close]),
    );
  });

  it("makes no more candles than a page has, or than the bar holds that is forming", () => {
    const now = SYNTHETIC_START + 400 * DAY_MS;
    const counts: number[] = [];
    const { markets } = createDemoLibrary(SEED);
    const counted = markets.map((market) => ({
      ...market,
      seriesAt: (...asked: Parameters<NonNullable<typeof market.seriesAt>>) => {
        counts.push(asked[2]);
        return market.seriesAt?.(...asked) ?? [];
      },
    }));
    const venue = createOkxVenue({ candles: { markets: counted, warnings: [] }, now: () => now });
    const page = { instId: "BTC-USDT-SWAP", bar: "4H", limit: "300" };
    expect(venue.answer("market/candles", page).body).toMatchObject({ code: "0" });
    expect(counts).toEqual([301, 241]);
    const older = { ...page, after: String(now - 200 * 4 * 3_600_000) };
    expect(venue.answer("market/candles", older).body).toMatchObject({ code: "0" });
    expect(venue.answer("market/history-candles", older).body).toMatchObject({ code: "0" });
    expect(counts.slice(2)).toEqual([501, 241, 301]);
  });

  it("makes a bar once while it is read every few hours beside shorter ones", () => {
    const now = SYNTHETIC_START + 60 * DAY_MS;
    const [market] = createDemoLibrary(SEED).markets;
    const read = () =>
      (["1m", "5m", "15m", "1h", "4h"] as const).map((to) => {
        const [oldest] = market?.seriesAt?.({ from: "1m", to, gridOffsetMs: 0 }, now, 301) ?? [];
        return oldest;
      });
    const first = read();
    read().forEach((candle, index) => {
      expect(candle).toBe(first[index]);
    });
  });

  it("never ends, and never shows the minute that has not closed", () => {
    const now = SYNTHETIC_START + 5000 * DAY_MS + 90_000;
    const [newest] = ask(now, { instId: "BTC-USDT-SWAP", bar: "1m", limit: "1" });
    expect(Number(newest?.[0])).toBe(now - 90_000);
    expect(ask(now, { instType: "SWAP" }, "market/tickers")).toHaveLength(DEMO_PAIRS.length);
  });
});
