import fc from "fast-check";
import { expect, it } from "vitest";
import { createSeededRandom, createSyntheticCandles } from "./synthetic-candles";

const seeds = fc.integer({ min: 0, max: 2 ** 31 });

it("is a pure function of its arguments, and another seed is another market", () => {
  const market = { seed: 42, count: 50, volatility: 0.006 };
  expect(createSyntheticCandles(market)).toEqual(createSyntheticCandles(market));
  expect(createSyntheticCandles({ ...market, seed: 43 })).not.toEqual(createSyntheticCandles(market));
});

it("keeps its first numbers for ever: recorded expectations rest on them", () => {
  const random = createSeededRandom(1);
  expect([random(), random(), random()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
});

it("makes well-formed candles on the grid, each opening where the last one closed", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const candles = createSyntheticCandles({ seed, count: 100, volatility: 0.02, timeframe: "5m" });
      candles.forEach((candle, index) => {
        expect(candle.openTime % 300_000).toBe(0);
        expect(candle.high).toBeGreaterThanOrEqual(Math.max(candle.open, candle.close));
        expect(candle.low).toBeLessThanOrEqual(Math.min(candle.open, candle.close));
        expect(candle.low).toBeGreaterThan(0);
        expect(candle.volume).toBe(Number(candle.volume?.toFixed(4)));
        expect(candle.open).toBe(index === 0 ? 100 : candles[index - 1]?.close);
      });
    }),
    { numRuns: 20 },
  );
});

it("has the volatility asked for, no drift, realistic ranges and more volume in wider candles", () => {
  const volatility = 0.006;
  const candles = createSyntheticCandles({ seed: 5, count: 40_000, volatility });
  const meanOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const returns = candles.map(({ open, close }) => close / open - 1);
  expect(Math.sqrt(meanOf(returns.map((value) => value ** 2)))).toBeCloseTo(volatility, 4);
  // Four standard errors of the mean of 40,000 returns.
  expect(Math.abs(meanOf(returns))).toBeLessThan((4 * volatility) / 200);
  // A continuous walk has a mean range of 1.596 deviations; a walk of 24 steps has a little less.
  const ranges = candles.map(({ open, high, low }) => (high - low) / open);
  expect(meanOf(ranges) / volatility).toBeGreaterThan(1.3);
  expect(meanOf(ranges) / volatility).toBeLessThan(1.6);
  const wide = candles.filter((_, index) => (ranges[index] ?? 0) > 1.6 * volatility).map(({ volume }) => volume ?? 0);
  const narrow = candles.filter((_, index) => (ranges[index] ?? 0) < 1.1 * volatility).map(({ volume }) => volume ?? 0);
  expect(meanOf(wide)).toBeGreaterThan(1.5 * meanOf(narrow));
});

it("can stand still, and refuses a volatility that is no fraction", () => {
  expect(createSyntheticCandles({ seed: 1, count: 2, volatility: 0 })[1]).toMatchObject({
    high: 100,
    low: 100,
    volume: 0,
  });
  expect(() => createSyntheticCandles({ seed: 1, count: 2, volatility: 0.6 })).toThrow(RangeError);
});
