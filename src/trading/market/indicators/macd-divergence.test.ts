import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSyntheticCandles } from "../synthetic-candles";
import type { Candle } from "../candle";
import { findDivergence, type Divergence } from "./find-divergence";
import { computeLast, computeSeries } from "./indicator";
import { createMacd } from "./macd";
import { createMacdDivergence, createMacdDivergenceSoFar } from "./macd-divergence";

/** The last two confirmed pivots, found forwards over all of them and compared by plain words. */
const divergenceByHand = (candles: readonly Candle[], lines: readonly number[]): Divergence => {
  const compare = (isTop: boolean): Divergence["bullish"] => {
    const pivots = lines.flatMap((line, index) => {
      const [before = NaN, after = NaN] = [lines[index - 1], lines[index + 1]];
      const isPivot = isTop ? line > before && line > after : line < before && line < after;
      return isPivot ? [index] : [];
    });
    const [first, second] = pivots.slice(-2);
    if (first === undefined || second === undefined || second < lines.length - 11) return "none";
    const priceAt = (pivot: number): number => {
      const near = candles.filter((_, index) => Math.abs(index - pivot) <= 5);
      return isTop ? Math.max(...near.map(({ high }) => high)) : Math.min(...near.map(({ low }) => low));
    };
    const [price, later, macd = NaN, laterMacd = NaN] = [priceAt(first), priceAt(second), lines[first], lines[second]];
    const scale = Math.max(Math.abs(macd), Math.abs(laterMacd)) || Infinity;
    const strength = Math.abs(later / price - 1) + Math.min(1, Math.abs(laterMacd - macd) / scale);
    if (strength / 2 < 0.05 || later === price || laterMacd === macd) return "none";
    const isHigher = later > price;
    const isMacdHigher = laterMacd > macd;
    if (isHigher === isMacdHigher) return "none";
    return isHigher === isTop ? "regular" : "hidden";
  };
  return { bullish: compare(false), bearish: compare(true) };
};

describe("MACD divergence over a window", () => {
  it("agrees with the same words written another way, and finds each kind on both sides", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const candles = createSyntheticCandles({ seed, count: 140, volatility: 0.01 });
        const lines = computeSeries(
          createMacd(),
          candles.map(({ close }) => close),
        ).map((value) => value?.line ?? NaN);
        const ours = computeLast(createMacdDivergence(), candles);
        expect(ours).toEqual(divergenceByHand(candles.slice(-60), lines.slice(-60)));
        for (const [side, kind] of Object.entries(ours ?? {})) seen.add(`${kind} ${side}`);
      }),
      { numRuns: 400 },
    );
    expect([...seen].toSorted()).toEqual([
      "hidden bearish",
      "hidden bullish",
      "none bearish",
      "none bullish",
      "regular bearish",
      "regular bullish",
    ]);
  });

  it("never changes what it said when later candles close", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 93, max: 160 }), (seed, cut) => {
        const candles = createSyntheticCandles({ seed, count: 160, volatility: 0.01 });
        expect(computeSeries(createMacdDivergence(), candles)[cut - 1]).toEqual(
          computeLast(createMacdDivergence(), candles.slice(0, cut)),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("so far: answers from the first MACD on, as over all candles until the window is full", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 34, max: 160 }), (seed, count) => {
        const candles = createSyntheticCandles({ seed, count, volatility: 0.01 });
        const lines = computeSeries(
          createMacd(),
          candles.map(({ close }) => close),
        ).map((value) => value?.line);
        const expected = findDivergence(candles.slice(-100), lines.slice(-100));
        expect(computeLast(createMacdDivergenceSoFar(100), candles)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("reads the price beside a pivot also where that is at the beginning", () => {
    const at = (price: number, openTime: number): Candle => ({
      openTime,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: 1,
    });
    // MACD bottoms at 1 (price low 80, at the very first candle) and at 8 (price low 85).
    const prices = [80, 90, 95, 96, 97, 98, 99, 99, 85, 95];
    const lines = [-2, -3, 0, 1, 1, 1, 1, 0, -5, -1];
    expect(findDivergence(prices.map(at), lines).bullish).toBe("hidden");
  });
});
