import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candle } from "../candle";
import { createSyntheticCandles } from "../synthetic-candles";
import { createAdx } from "./adx";
import { createSessionVwap } from "./anchored-vwap";
import { createAtr } from "./atr";
import { createAtrFraction } from "./atr-fraction";
import { createBandExpansion } from "./band-expansion";
import { createBandSqueeze } from "./band-squeeze";
import { createBollingerBands } from "./bollinger-bands";
import { createDonchianChannel } from "./donchian-channel";
import { createEma } from "./ema";
import { createFairValueGaps } from "./fair-value-gap";
import { createIchimoku } from "./ichimoku";
import { computeLast, computeSeries, type Indicator } from "./indicator";
import { createKnownAverage } from "./known-average";
import { createMacd } from "./macd";
import { createMacdDivergence } from "./macd-divergence";
import { createObv } from "./obv";
import { createRangePosition } from "./range-position";
import { createRateOfChange } from "./rate-of-change";
import { createRealisedVolatility } from "./realised-volatility";
import { createHighest, createLowest } from "./rolling-extremes";
import { createRollingMedian } from "./rolling-median";
import { createRsi } from "./rsi";
import { createSma } from "./sma";
import { createStochastic } from "./stochastic";
import { createStochasticRsi } from "./stochastic-rsi";
import { createSupertrend } from "./supertrend";
import { createSupportResistance } from "./support-resistance";
import { createTrueRange } from "./true-range";
import { createVolumeDelta } from "./volume-delta";
import { createVwapBands } from "./vwap-bands";
import { createWilderAverage } from "./wilder-average";

type OfCandle = Indicator<Candle, unknown>;

/** An indicator of numbers, fed with closes. */
const ofCloses = (create: () => Indicator<number, unknown>) => (): OfCandle => {
  const indicator = create();
  return { next: ({ close }) => indicator.next(close) };
};

/** Whether an output is multiplied too when every price is multiplied, or stays the same. */
type Scaling = "price" | "none" | "volume";

type Row = [name: string, create: () => OfCandle, lookback: number, scaling: Scaling];

const INDICATORS: Row[] = [
  ["SMA 20", ofCloses(() => createSma(20)), 19, "price"],
  ["EMA 20", ofCloses(() => createEma(20)), 19, "price"],
  ["Wilder 14", ofCloses(() => createWilderAverage(14)), 13, "price"],
  ["known average 20", ofCloses(() => createKnownAverage(20)), 19, "price"],
  ["highest 10", ofCloses(() => createHighest(10)), 9, "price"],
  ["lowest 10", ofCloses(() => createLowest(10)), 9, "price"],
  ["median 11", ofCloses(() => createRollingMedian(11)), 10, "price"],
  ["RSI 14", ofCloses(() => createRsi(14)), 14, "none"],
  ["MACD 12/26/9", ofCloses(() => createMacd()), 33, "price"],
  ["band expansion", ofCloses(() => createBandExpansion()), 138, "none"],
  ["Bollinger width", ofCloses(() => createBollingerBands()), 19, "price"],
  ["true range", createTrueRange, 1, "price"],
  ["ATR 14", () => createAtr(14), 14, "price"],
  ["ADX 14", () => createAdx(14), 27, "none"],
  ["stochastic 14/3/3", () => createStochastic(), 17, "none"],
  ["OBV", createObv, 0, "volume"],
  ["Supertrend 10, 3", () => createSupertrend(), 10, "price"],
  ["Ichimoku 9/26/52", () => createIchimoku(), 77, "price"],
  ["VWAP 24", () => createVwapBands(), 23, "price"],
  ["volume delta 24", () => createVolumeDelta(), 23, "volume"],
  ["stochastic RSI 14/14/3/3", ofCloses(() => createStochasticRsi()), 31, "none"],
  ["band squeeze", ofCloses(() => createBandSqueeze()), 138, "none"],
  ["ATR 14 as a fraction", () => createAtrFraction(14), 14, "none"],
  ["rate of change 10", ofCloses(() => createRateOfChange(10)), 10, "none"],
  ["realised volatility 30", ofCloses(() => createRealisedVolatility(30, "1h")), 30, "none"],
  ["Donchian 20", () => createDonchianChannel(), 20, "price"],
  ["range position 20", () => createRangePosition(), 19, "none"],
  ["MACD divergence 60", () => createMacdDivergence(), 92, "none"],
];

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const marketOf = (seed: number, count = 180): Candle[] =>
  createSyntheticCandles({ seed, count, volatility: 0.01, startPrice: 64 });

const scalePrices = (candles: readonly Candle[], factor: number): Candle[] =>
  candles.map(({ openTime, open, high, low, close, volume }) => ({
    openTime,
    open: open * factor,
    high: high * factor,
    low: low * factor,
    close: close * factor,
    volume,
  }));

/** Multiplies every number of an output, except those without a price unit. */
const scaleOutput = (output: unknown, factor: number): unknown => {
  if (typeof output === "number") return output * factor;
  if (typeof output !== "object" || output === null) return output;
  return Object.fromEntries(
    Object.entries(output).map(([key, value]) => [key, key === "bandwidth" ? value : scaleOutput(value, factor)]),
  );
};

describe.each(INDICATORS)("%s", (_name, create, lookback, scaling) => {
  it("is undefined before its lookback and never after", () => {
    const series = computeSeries(create(), marketOf(1));
    expect(series.findIndex((value) => value !== undefined)).toBe(lookback);
    expect(series.slice(lookback)).not.toContain(undefined);
  });

  it("does not look ahead: what comes later changes nothing before it", () => {
    fc.assert(
      fc.property(seeds, seeds, fc.integer({ min: 0, max: 180 }), (seed, other, cut) => {
        const first = marketOf(seed);
        const changed = [...first.slice(0, cut), ...marketOf(other).slice(cut)];
        expect(computeSeries(create(), changed).slice(0, cut)).toEqual(computeSeries(create(), first).slice(0, cut));
      }),
      { numRuns: 15 },
    );
  });

  it("gives the same candle by candle as in one batch", () => {
    const candles = marketOf(2);
    const streaming = create();
    const streamed = candles.map((candle) => streaming.next(candle));
    candles.forEach((_, index) => expect(computeLast(create(), candles.slice(0, index + 1))).toEqual(streamed[index]));
  });

  it("keeps its law when all prices are multiplied", () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(2 ** -10, 0.5, 4, 2 ** 12), (seed, factor) => {
        const candles = marketOf(seed);
        // A power of two is exact in floating point, so the outputs must agree to the last bit.
        const scaled = computeSeries(create(), scalePrices(candles, factor));
        const expected = computeSeries(create(), candles).map((value) =>
          scaling === "price" ? scaleOutput(value, factor) : value,
        );
        expect(scaled).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("throws on a price that is %d", (price) => {
    const indicator = create();
    const candle: Candle = { openTime: 0, open: price, high: price, low: price, close: price, volume: 1 };
    expect(() => indicator.next(candle)).toThrow("invariant broken");
  });
});

type Periodic = [name: string, create: (period: number) => unknown];

it.each<Periodic>([
  ["SMA", createSma],
  ["EMA", createEma],
  ["Wilder", createWilderAverage],
  ["known average", createKnownAverage],
  ["RSI", createRsi],
  ["ATR", createAtr],
  ["ADX", createAdx],
  ["Bollinger", (period) => createBollingerBands(period)],
  ["Supertrend", (period) => createSupertrend(period)],
  ["MACD signal", (signal) => createMacd({ fast: 12, slow: 26, signal })],
  ["MACD fast", (fast) => createMacd({ fast, slow: 26, signal: 9 })],
  ["stochastic range", (range) => createStochastic({ range, slowing: 3, average: 3 })],
  ["stochastic average", (average) => createStochastic({ range: 14, slowing: 3, average })],
  ["Ichimoku tenkan", (tenkan) => createIchimoku({ tenkan, kijun: 26, spanB: 52, displacement: 26 })],
  ["Ichimoku displacement", (displacement) => createIchimoku({ tenkan: 9, kijun: 26, spanB: 52, displacement })],
  ["VWAP", (candles) => createVwapBands({ candles, atrPeriod: 14 })],
  ["volume delta", (sigma) => createVolumeDelta({ cumulative: 24, sigma, recent: 5 })],
  ["band expansion", (medianPeriod) => createBandExpansion({ bandPeriod: 20, medianPeriod })],
  ["band squeeze", (bandPeriod) => createBandSqueeze({ bandPeriod, medianPeriod: 120 })],
  ["stochastic RSI range", (range) => createStochasticRsi({ rsi: 14, range, slowing: 3, average: 3 })],
  ["ATR as a fraction", createAtrFraction],
  ["rate of change", createRateOfChange],
  ["realised volatility", (returns) => createRealisedVolatility(returns, "1h")],
  ["Donchian", createDonchianChannel],
  ["range position", createRangePosition],
  ["MACD divergence", createMacdDivergence],
  ["session VWAP", createSessionVwap],
  ["gap age", (ageMax) => createFairValueGaps({ gapMin: 0.001, bodyMin: 1.5, ageMax, atrPeriod: 14 })],
  ["pivot wing", (wing) => createSupportResistance({ window: 120, wing, width: 0.5, touchesMin: 2 })],
  ["highest", createHighest],
  ["lowest", createLowest],
])("%s refuses a period that is not a positive integer", (_name, create) => {
  for (const period of [0, -1, 2.5, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => create(period)).toThrow(RangeError);
  }
});

it("refuses multiples and MACD periods that make no sense", () => {
  expect(() => createSupertrend(10, 0)).toThrow("Supertrend's multiple must be a finite number above 0, was 0");
  expect(() => createBollingerBands(20, -1)).toThrow(RangeError);
  expect(() => createFairValueGaps({ gapMin: 0, bodyMin: 1.5, ageMax: 50, atrPeriod: 14 })).toThrow("the least gap");
  expect(() => createBandSqueeze({ bandPeriod: 20, medianPeriod: 120 }, { squeeze: 0, near: 0.8 })).toThrow(RangeError);
  expect(() => createSupportResistance({ window: 14, wing: 3, width: 0.5, touchesMin: 2 })).toThrow(
    "the window of price levels must be at least 15 candles, was 14",
  );
  expect(() => createMacd({ fast: 26, slow: 12, signal: 9 })).toThrow("fast period must be below its slow one");
});

it("a market that never moves is on neither side of anything", () => {
  const flat = marketOf(1).map((candle) => ({
    ...candle,
    open: 37630.1,
    high: 37630.1,
    low: 37630.1,
    close: 37630.1,
    volume: 0,
  }));
  const closes = flat.map((candle) => candle.close);
  expect(computeLast(createSma(150), closes)).toBe(37630.1);
  expect(computeLast(createEma(20), closes)).toBe(37630.1);
  expect(computeLast(createRsi(14), closes)).toBe(50);
  expect(computeLast(createMacd(), closes)).toEqual({ line: 0, signal: 0, histogram: 0 });
  expect(computeLast(createAdx(14), flat)).toEqual({ adx: 0, plusDi: 0, minusDi: 0 });
  expect(computeLast(createStochastic(), flat)).toEqual({ k: 50, d: 50 });
  expect(computeLast(createBollingerBands(), closes)?.bandwidth).toBe(0);
  expect(computeLast(createStochasticRsi(), closes)).toEqual({ k: 50, d: 50 });
  expect(computeLast(createBandSqueeze(), closes)).toMatchObject({
    bandDistance: 0,
    isSqueezed: false,
    isNearBand: false,
  });
  expect(computeLast(createRangePosition(), flat)).toBe(0.5);
  expect(computeLast(createRateOfChange(10), closes)).toBe(0);
  expect(computeLast(createRealisedVolatility(30, "1h"), closes)).toBe(0);
  expect(computeLast(createFairValueGaps(), flat)).toEqual([]);
  expect(computeLast(createSupportResistance(), flat)).toEqual({ supports: [], resistances: [] });
  expect(computeLast(createSessionVwap(), flat)).toBeUndefined();
  expect(computeLast(createVwapBands(), flat)).toBeUndefined();
  expect(computeLast(createVolumeDelta(), flat)).toEqual({
    bar: 0,
    cumulative: 0,
    sigma: 0,
    recent: 0,
    recentRange: 0,
  });
});
