import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candle } from "../candle";
import { HOUR_MS } from "../duration";
import { createSyntheticCandles } from "../synthetic-candles";
import { createAnchoredVwap, createSessionVwap } from "./anchored-vwap";
import { createBandSqueeze } from "./band-squeeze";
import { createDonchianChannel } from "./donchian-channel";
import { computeLast, computeSeries } from "./indicator";
import { createRangePosition } from "./range-position";
import { createRateOfChange } from "./rate-of-change";
import { createRealisedVolatility } from "./realised-volatility";

const seeds = fc.nat(100_000);
const MIDNIGHT = Date.UTC(2024, 0, 5);
const candle = (hour: number, price: number, volume: number | null): Candle => ({
  openTime: MIDNIGHT + hour * HOUR_MS,
  open: price,
  high: price + 1,
  low: price - 1,
  close: price,
  volume,
});

describe("the VWAP of a session", () => {
  it("starts anew at UTC midnight and every few hours from it", () => {
    const hours = [20, 21, 22, 23, 24, 25];
    const market = hours.map((hour) => candle(hour, hour, hour - 19));
    const none = undefined;
    expect(computeSeries(createSessionVwap(24), market)).toEqual([none, none, none, none, 24, 24 + 6 / 11]);
    // Sessions of 7 hours begin at 0, 7, 14 and 21; the last of a day is cut at midnight.
    expect(computeSeries(createSessionVwap(7), market)).toEqual([none, 21, 21.6, 22 + 2 / 9, 24, 24 + 6 / 11]);
  });

  it("is unknown where the candles begin within it: half a session is no session", () => {
    const market = Array.from({ length: 30 }, (_, index) => candle(5 + index, 100 + index, 1));
    const series = computeSeries(createSessionVwap(), market);
    expect(series.findIndex((value) => value !== undefined)).toBe(24 - 5);
  });

  it("is unknown from an unknown volume on until the next session", () => {
    const market = [0, 1, 2, 3, 4].map((hour) => candle(hour, 10, hour === 1 ? null : 2));
    expect(computeSeries(createSessionVwap(3), market)).toEqual([10, undefined, undefined, 10, 10]);
  });

  it("does not depend on how many candles were fetched, and is what its trades cost on average", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 24, max: 200 }), fc.integer({ min: 1, max: 24 }), (seed, count, hours) => {
        const market = createSyntheticCandles({ seed, count, volatility: 0.01, startTime: MIDNIGHT });
        const last = market.at(-1)?.openTime ?? NaN;
        const dayHour = new Date(last).getUTCHours();
        const inSession = market.slice(market.length - 1 - (dayHour % hours));
        const [value, volume] = inSession.reduce(
          ([cost, traded], bar) => {
            const size = bar.volume ?? NaN;
            return [cost + ((bar.high + bar.low + bar.close) / 3) * size, traded + size];
          },
          [0, 0],
        );
        const vwap = computeLast(createSessionVwap(hours), market);
        expect(Math.abs((vwap ?? NaN) / (value / volume) - 1)).toBeLessThan(1e-9);
        expect(computeLast(createSessionVwap(hours), inSession)).toBe(vwap);
      }),
      { numRuns: 200 },
    );
  });
});

it("an anchored VWAP is unknown before its anchor, and where the candles begin after it", () => {
  const market = [0, 1, 2, 3].map((hour) => candle(hour, hour + 1, 1));
  const anchored = (hour: number) => createAnchoredVwap(() => MIDNIGHT + hour * HOUR_MS);
  expect(computeSeries(anchored(2), market)).toEqual([undefined, undefined, 3, 3.5]);
  expect(computeLast(anchored(-1), market)).toBeUndefined();
  expect(computeLast(anchored(9), market)).toBeUndefined();
  // An anchor within an outage is the first candle after it.
  expect(computeSeries(anchored(1.5), market)).toEqual([undefined, undefined, 3, 3.5]);
});

describe("the Bollinger squeeze", () => {
  it("measures the distance to a band on the half width: the band itself is at 1", () => {
    const squeeze = () => createBandSqueeze({ bandPeriod: 4, medianPeriod: 1 });
    // Mean 4, deviation sqrt(2), so half the width is 2.83.
    expect(computeLast(squeeze(), [2, 4, 4, 6])?.bandDistance).toBeCloseTo(Math.SQRT1_2, 12);
    expect(computeLast(squeeze(), [6, 4, 4, 2])?.bandDistance).toBeCloseTo(-Math.SQRT1_2, 12);
    const narrow = createBandSqueeze({ bandPeriod: 4, medianPeriod: 1 }, { squeeze: 0.7, near: 0.7 });
    expect(computeLast(narrow, [6, 4, 4, 2])?.isNearBand).toBe(true);
    expect(computeLast(squeeze(), [6, 4, 4, 2])?.isNearBand).toBe(false);
  });

  it("is near a band in some candles of a walk, and beyond it in fewer", () => {
    const closes = createSyntheticCandles({ seed: 11, count: 1000, volatility: 0.01 }).map(({ close }) => close);
    const values = computeSeries(createBandSqueeze(), closes).filter((value) => value !== undefined);
    const near = values.filter((value) => value.isNearBand).length;
    const beyond = values.filter((value) => Math.abs(value.bandDistance) > 1).length;
    expect(near).toBeGreaterThan(beyond);
    expect(beyond).toBeGreaterThan(0);
    expect(near).toBeLessThan(values.length / 2);
  });

  it("is a bandwidth below 0.7 x the median of exactly the last 120, whatever was fetched", () => {
    let squeezed = 0;
    const widthOf = (closes: readonly number[]): number => {
      const mean = closes.reduce((sum, close) => sum + close, 0) / closes.length;
      return (4 * Math.sqrt(closes.reduce((sum, close) => sum + (close - mean) ** 2, 0) / closes.length)) / mean;
    };
    fc.assert(
      fc.property(seeds, fc.nat(200), (seed, earlier) => {
        const market = createSyntheticCandles({ seed, count: 139 + earlier, volatility: 0.01 });
        const closes = market.map(({ close }) => close);
        const window = closes.slice(-139);
        const widths = Array.from({ length: 120 }, (_, index) => widthOf(window.slice(index, index + 20)));
        const sorted = widths.toSorted((left, right) => left - right);
        const median = ((sorted[59] ?? NaN) + (sorted[60] ?? NaN)) / 2;
        const ours = computeLast(createBandSqueeze(), closes);
        expect(ours?.isSqueezed).toBe((widths.at(-1) ?? NaN) < 0.7 * median);
        expect(ours).toEqual(computeLast(createBandSqueeze(), window));
        squeezed += ours?.isSqueezed === true ? 1 : 0;
      }),
      { numRuns: 200 },
    );
    expect(squeezed).toBeGreaterThan(20);
    expect(squeezed).toBeLessThan(180);
  });
});

it("the Donchian channel leaves out the candle that breaks it", () => {
  const market = [1, 3, 2, 9].map((price, hour) => candle(hour, price, 1));
  expect(computeSeries(createDonchianChannel(2), market)).toEqual([
    undefined,
    undefined,
    { upper: 4, middle: 2, lower: 0 },
    { upper: 4, middle: 2.5, lower: 1 },
  ]);
});

it("the position in the range is 0 at its low, 1 at its high, and within them for any market", () => {
  const at = (close: number) => {
    const bars = [candle(0, 10, 1), { ...candle(1, 14, 1), close }];
    return computeLast(createRangePosition(2), bars);
  };
  expect([at(9), at(12), at(15)]).toEqual([0, 0.5, 1]);
  fc.assert(
    fc.property(seeds, (seed) => {
      const market = createSyntheticCandles({ seed, count: 60, volatility: 0.02 });
      const outside = computeSeries(createRangePosition(), market).filter((value = 0) => !(value >= 0 && value <= 1));
      expect(outside).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

it("the rate of change is a fraction of the close it compares with", () => {
  expect(computeSeries(createRateOfChange(2), [100, 50, 125, 50])).toEqual([undefined, undefined, 0.25, 0]);
  expect(() => createRateOfChange(2).next(0)).toThrow("a price is above 0");
});

describe("realised volatility", () => {
  it("by hand: returns of +1 % and -1 % of log have a sample deviation of 1.155 %, a day's times sqrt(365)", () => {
    const closes = [0, 0.01, 0, 0.01, 0].map(Math.exp);
    const daily = Math.sqrt((4 * 0.01 ** 2) / 3);
    expect(computeLast(createRealisedVolatility(4, "1d"), closes)).toBeCloseTo(daily * Math.sqrt(365), 12);
    expect(computeLast(createRealisedVolatility(4, "4h"), closes)).toBeCloseTo(daily * Math.sqrt(365 * 6), 12);
  });

  it("finds the volatility that a market was made with", () => {
    const closes = createSyntheticCandles({ seed: 5, count: 5000, volatility: 0.01 }).map(({ close }) => close);
    const yearly = 0.01 * Math.sqrt(365 * 24);
    const found = computeLast(createRealisedVolatility(4999, "1h"), closes) ?? NaN;
    expect(found / yearly).toBeGreaterThan(0.95);
    expect(found / yearly).toBeLessThan(1.05);
  });

  it("needs two returns", () => {
    expect(() => createRealisedVolatility(1, "1h")).toThrow("at least 2 returns, was 1");
  });
});
