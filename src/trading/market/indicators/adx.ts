import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createTrueRange, type HighLowClose } from "./true-range";
import { createWilderAverage } from "./wilder-average";

/** Strength of the trend (adx) and its two directions, each 0..100. */
export type AdxValue = { readonly adx: number; readonly plusDi: number; readonly minusDi: number };

/** Wilder's running sum: a plain sum of the first n - 1 values, then s - s / n + x. */
const createWilderSum = (period: number): { add(value: number): number } => {
  let sum = 0;
  let bars = 0;
  return {
    add(value) {
      bars += 1;
      sum += bars < period ? value : value - sum / period;
      return sum;
    },
  };
};

type HighLow = Pick<HighLowClose, "high" | "low">;
type DirectionalMove = { readonly plus: number; readonly minus: number };

/** How far the candle reaches beyond the one before, in the direction in which it reaches further. */
const directionalMove = (candle: HighLow, previous: HighLow): DirectionalMove => {
  const up = candle.high - previous.high;
  const down = previous.low - candle.low;
  return { plus: up > down && up > 0 ? up : 0, minus: down > up && down > 0 ? down : 0 };
};

/** 0..100; 0 of nothing. */
export const percentOf = (part: number, whole: number): number => (whole === 0 ? 0 : (100 * part) / whole);

/** Wilder's ADX with +DI and -DI (1978), as TA-Lib computes them. Lookback 2 x period - 1; all 0 where nothing moved. */
export const createAdx = (period: number): Indicator<HighLowClose, AdxValue> => {
  checkPeriod("ADX", period);
  const trueRange = createTrueRange();
  const sums = { range: createWilderSum(period), plus: createWilderSum(period), minus: createWilderSum(period) };
  const average = createWilderAverage(period);
  let previous: HighLowClose | undefined;
  let bars = 0;
  return {
    next(candle) {
      const range = trueRange.next(candle);
      const before = previous;
      previous = candle;
      if (range === undefined || before === undefined) return undefined;
      bars += 1;
      const move = directionalMove(candle, before);
      const rangeSum = sums.range.add(range);
      const plusDi = percentOf(sums.plus.add(move.plus), rangeSum);
      const minusDi = percentOf(sums.minus.add(move.minus), rangeSum);
      if (bars < period) return undefined;
      const adx = average.next(percentOf(Math.abs(plusDi - minusDi), plusDi + minusDi));
      return adx === undefined ? undefined : { adx, plusDi, minusDi };
    },
  };
};
