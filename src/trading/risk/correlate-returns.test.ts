import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candle } from "../market/candle";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { correlateReturns } from "./correlate-returns";

const HOUR_MS = 3_600_000;
const series = (closes: readonly number[], start = 0): Candle[] =>
  closes.map((close, index) => ({
    openTime: start + index * HOUR_MS,
    open: close,
    high: close,
    low: close,
    close,
    volume: 1,
  }));
const market = (seed: number, count = 200) => createSyntheticCandles({ seed, count, volatility: 0.01, startTime: 0 });
const mapCloses = (candles: readonly Candle[], map: (close: number, index: number) => number) =>
  candles.map((candle, index) => ({ ...candle, close: map(candle.close, index) }));

describe("correlateReturns", () => {
  const base = market(1);

  it("of a market with itself is 1, with its mirror -1", () => {
    expect(correlateReturns(base, base)).toBeCloseTo(1, 12);
    expect(
      correlateReturns(
        base,
        mapCloses(base, (close) => 50 * close),
      ),
    ).toBeCloseTo(1, 12);
    expect(
      correlateReturns(
        base,
        mapCloses(base, (close) => 1 / close),
      ),
    ).toBeCloseTo(-1, 12);
  });

  it("of alternating returns is what is worked out by hand", () => {
    // Log returns +1 -1 +1 -1 against +1 +1 -1 -1, ten times over: the products sum to 0.
    const walk = (steps: readonly number[]) => {
      let level = 0;
      return series([
        1,
        ...Array.from({ length: 40 }, (_, index) => Math.exp((level += (steps[index % 4] ?? 0) / 100))),
      ]);
    };
    expect(correlateReturns(walk([1, -1, 1, -1]), walk([1, 1, -1, -1]))).toBeCloseTo(0, 10);
    // Both markets rise, one while the other stays: relative to their means they move in opposite directions, by 1.
    expect(correlateReturns(walk([3, 1, 3, 1]), walk([1, 3, 1, 3]))).toBeCloseTo(-1, 10);
    // Against +2 -1 +1 -2 the covariance is 6 of sqrt(4 x 10).
    expect(correlateReturns(walk([1, -1, 1, -1]), walk([2, -1, 1, -2]))).toBeCloseTo(6 / Math.sqrt(40), 10);
  });

  it("compares candles of the same time only, wherever the series begin", () => {
    const shifted = base.slice(50);
    expect(correlateReturns(base, shifted)).toBeCloseTo(1, 12);
    const holed = base.filter((_, index) => index % 7 !== 0);
    expect(correlateReturns(base, holed)).toBeCloseTo(1, 12);
    const late = mapCloses(base, (close) => close).map((candle) => ({ ...candle, openTime: candle.openTime + 1 }));
    expect(correlateReturns(base, late)).toBeNull();
  });

  it("looks at the last 100 returns only", () => {
    const other = market(2);
    const before = base.length - 101;
    const changed = mapCloses(base, (close, index) => (index < before ? close * (1 + (index % 3)) : close));
    expect(correlateReturns(changed, other)).toBe(correlateReturns(base, other));
    const touched = mapCloses(base, (close, index) => (index === before ? close * 2 : close));
    expect(correlateReturns(touched, other)).not.toBe(correlateReturns(base, other));
  });

  it("is unknown with fewer than 30 returns, and known with 30", () => {
    expect(correlateReturns(base.slice(0, 30), base)).toBeNull();
    expect(correlateReturns(base.slice(0, 31), base)).toBeCloseTo(1, 12);
    expect(correlateReturns([], base)).toBeNull();
  });

  it("is unknown where a market never moved", () => {
    const still = series(base.map(() => 5));
    expect(correlateReturns(base, still)).toBeNull();
    expect(correlateReturns(still, base)).toBeNull();
  });

  it("lies within -1 and 1 and is the same either way round", () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (first, second) => {
        const [a, b] = [market(first, 60), market(second, 60)];
        const value = correlateReturns(a, b) ?? Number.NaN;
        expect(Math.abs(value)).toBeLessThanOrEqual(1 + 1e-12);
        expect(correlateReturns(b, a)).toBeCloseTo(value, 12);
      }),
    );
  });
});
