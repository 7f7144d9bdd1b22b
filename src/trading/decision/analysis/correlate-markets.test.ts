import fc from "fast-check";
import * as talib from "talib-web";
import { beforeAll, describe, expect, it } from "vitest";
import { createSyntheticCandles } from "../../market/synthetic-candles";
import { correlateReturns } from "../../risk/correlate-returns";
import { correlationMatrix, correlationSeries } from "./correlate-markets";

const seeds = fc.nat(100_000);
const marketOf = (seed: number, count = 160) => createSyntheticCandles({ seed, count, volatility: 0.01 });

beforeAll(async () => {
  // This version of Emscripten's loader prefers fetch, which cannot read a file in Node.
  const { fetch } = globalThis;
  Reflect.set(globalThis, "fetch", undefined);
  await talib.init();
  Reflect.set(globalThis, "fetch", fetch);
});

describe("the correlation series", () => {
  it("agrees with TA-Lib's CORREL of 100 log returns", () => {
    const [first, second] = [marketOf(1, 400), marketOf(2, 400)];
    const mixed = second.map((candle, index) => ({ ...candle, close: candle.close + (first[index]?.close ?? NaN) }));
    const returns = (market: typeof first) =>
      market.slice(1).map((candle, index) => Math.log(candle.close / (market[index]?.close ?? NaN)));
    const input = { inReal0: returns(first), inReal1: returns(mixed), timePeriod: 100 };
    const oracle = talib.CORREL(input).output.slice(0, -99);
    const ours = correlationSeries(first, mixed).map((point) => point.correlation ?? NaN);
    expect(oracle).toHaveLength(300);
    oracle.forEach((value, index) => expect(Math.abs((ours[100 + index] ?? NaN) - value)).toBeLessThan(1e-9));
  });

  it("is at each common candle what is known by then: later candles change nothing", () => {
    fc.assert(
      fc.property(seeds, seeds, fc.integer({ min: 1, max: 160 }), (seed, other, count) => {
        const [first, second] = [marketOf(seed), marketOf(other).filter((_, index) => index % 9 !== 4)];
        const points = correlationSeries(first, second);
        const at = points[Math.min(count, points.length) - 1];
        const until = (market: typeof first) => market.filter(({ openTime }) => openTime <= (at?.openTime ?? NaN));
        expect(at?.correlation).toBe(correlateReturns(until(first), until(second)));
        expect(points.map((point) => point.openTime)).toEqual(second.map((candle) => candle.openTime));
      }),
      { numRuns: 200 },
    );
  });

  it("is unknown before 30 common returns", () => {
    const points = correlationSeries(marketOf(1), marketOf(2));
    expect(points.findIndex((point) => point.correlation !== null)).toBe(30);
  });
});

describe("the correlation matrix", () => {
  it("is symmetric with 1 on its diagonal, and averages different markets only", () => {
    fc.assert(
      fc.property(fc.array(seeds, { minLength: 1, maxLength: 4 }), (all) => {
        const markets = all.map((seed, index) => ({ pair: `M${index}`, candles: marketOf(seed) }));
        const matrix = correlationMatrix(markets);
        const between: number[] = [];
        markets.forEach((row, i) =>
          markets.forEach((column, j) => {
            const value = matrix.values[i]?.[j] ?? NaN;
            expect(value).toBe(matrix.values[j]?.[i]);
            expect(value).toBeCloseTo(correlateReturns(row.candles, column.candles) ?? NaN, 12);
            if (i < j) between.push(value);
          }),
        );
        expect(matrix.known).toBe(between.length);
        expect(matrix.average ?? 0).toBeCloseTo(
          between.length === 0 ? 0 : between.reduce((sum, value) => sum + value, 0) / between.length,
          12,
        );
      }),
      { numRuns: 200 },
    );
  });

  it("has null, never 0, where a market has too few candles or never moved", () => {
    const still = marketOf(3).map((candle) => ({ ...candle, close: 5 }));
    const matrix = correlationMatrix([
      { pair: "BTC", candles: marketOf(1) },
      { pair: "NEW", candles: marketOf(2, 20) },
      { pair: "STILL", candles: still },
    ]);
    expect(matrix.values).toEqual([
      [1, null, null],
      [null, null, null],
      [null, null, null],
    ]);
    expect(matrix).toMatchObject({ average: null, known: 0, unknown: 3 });
  });
});
