import fc from "fast-check";
import { expect, it } from "vitest";
import { createSyntheticCandles } from "../synthetic-candles";
import { createAdx } from "./adx";
import { createBandExpansion } from "./band-expansion";
import { createBollingerBands } from "./bollinger-bands";
import { computeLast, computeSeries } from "./indicator";
import { createMacd } from "./macd";
import { createRsi } from "./rsi";
import { createStochastic } from "./stochastic";
import { createSupertrend } from "./supertrend";

const markets = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 31 }), fc.constantFrom(0.001, 0.01, 0.08))
  .map(([seed, volatility]) => createSyntheticCandles({ seed, count: 120, volatility }));

it("RSI is 100 when nothing was lost, 0 when nothing was won, 50 when nothing moved", () => {
  expect(computeSeries(createRsi(2), [1, 2, 3])).toEqual([undefined, undefined, 100]);
  expect(computeSeries(createRsi(2), [3, 2, 1])).toEqual([undefined, undefined, 0]);
  expect(computeSeries(createRsi(2), [2, 2, 2])).toEqual([undefined, undefined, 50]);
  expect(computeSeries(createRsi(2), [1, 4, 3])).toEqual([undefined, undefined, 75]);
});

it("RSI, stochastic, ADX and both directions stay within 0..100", () => {
  fc.assert(
    fc.property(markets, (candles) => {
      const closes = candles.map((candle) => candle.close);
      const seen = [
        ...computeSeries(createRsi(14), closes),
        ...computeSeries(createStochastic(), candles).flatMap((value) => [value?.k, value?.d]),
        ...computeSeries(createAdx(14), candles).flatMap((value) => [value?.adx, value?.plusDi, value?.minusDi]),
      ].filter((value) => value !== undefined);
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(-1e-9);
      expect(Math.max(...seen)).toBeLessThanOrEqual(100 + 1e-9);
    }),
    { numRuns: 40 },
  );
});

it("RSI, MACD and ADX do not change when the price is shifted", () => {
  fc.assert(
    fc.property(markets, (candles) => {
      const shifted = candles.map((candle) => ({
        ...candle,
        high: candle.high + 64,
        low: candle.low + 64,
        close: candle.close + 64,
      }));
      const [before, after] = [candles, shifted].map((market) => ({
        rsi: computeLast(
          createRsi(14),
          market.map(({ close }) => close),
        ),
        macd: computeLast(
          createMacd(),
          market.map(({ close }) => close),
        )?.histogram,
        adx: computeLast(createAdx(14), market)?.adx,
      }));
      expect(after?.rsi).toBeCloseTo(before?.rsi ?? NaN, 6);
      expect(after?.macd).toBeCloseTo(before?.macd ?? NaN, 8);
      expect(after?.adx).toBeCloseTo(before?.adx ?? NaN, 6);
    }),
    { numRuns: 40 },
  );
});

it("Bollinger bands by hand: population deviation, bandwidth as a fraction of the middle", () => {
  expect(computeLast(createBollingerBands(4, 2), [2, 4, 4, 6])).toEqual({
    upper: 4 + 2 * Math.SQRT2,
    middle: 4,
    lower: 4 - 2 * Math.SQRT2,
    bandwidth: Math.SQRT2,
  });
  expect(() => createBollingerBands().next(0)).toThrow("a price is above 0");
});

it("the bands expand beside a fixed number of candles, however many came before", () => {
  const closes = createSyntheticCandles({ seed: 4, count: 400, volatility: 0.01 }).map((candle) => candle.close);
  expect(computeLast(createBandExpansion(), closes)).toEqual(computeLast(createBandExpansion(), closes.slice(-139)));
});

it("Supertrend turns on the close beyond its band, not on a touch", () => {
  const candle = (close: number, low = close - 1) => ({ high: close + 1, low, close });
  const rising = [100, 101, 102, 103, 104].map((close) => candle(close));
  const last = (...more: ReturnType<typeof candle>[]) => computeLast(createSupertrend(2, 1), [...rising, ...more]);
  const band = last()?.value ?? NaN;
  expect(last()?.direction).toBe("up");
  expect(last(candle(104, band - 5))?.direction).toBe("up");
  expect(last(candle(band - 1))?.direction).toBe("down");
});
