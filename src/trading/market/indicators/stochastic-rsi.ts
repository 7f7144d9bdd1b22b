import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createHighest, createLowest } from "./rolling-extremes";
import { createRsi } from "./rsi";
import { createSma } from "./sma";
import type { StochasticValue } from "./stochastic";

export type StochasticRsiPeriods = {
  readonly rsi: number;
  readonly range: number;
  readonly slowing: number;
  readonly average: number;
};

const STANDARD_PERIODS: StochasticRsiPeriods = { rsi: 14, range: 14, slowing: 3, average: 3 };
const NEITHER_SIDE = 50;

/**
 * Stochastic RSI of closes (Chande and Kroll 1994): where RSI stands in its own range, 0..100, smoothed (k), and the
 * average of k (d). Lookback rsi + range + slowing + average - 3, so 31. A range of zero counts as 50, on neither side.
 */
export const createStochasticRsi = (
  periods: StochasticRsiPeriods = STANDARD_PERIODS,
): Indicator<number, StochasticValue> => {
  checkPeriod("the stochastic RSI's range", periods.range);
  const rsi = createRsi(periods.rsi);
  const highs = createHighest(periods.range);
  const lows = createLowest(periods.range);
  const slowing = createSma(periods.slowing);
  const average = createSma(periods.average);
  return {
    next(close) {
      const value = rsi.next(close);
      if (value === undefined) return undefined;
      const highest = highs.next(value);
      const lowest = lows.next(value);
      if (highest === undefined || lowest === undefined) return undefined;
      const range = highest - lowest;
      const k = slowing.next(range === 0 ? NEITHER_SIDE : (100 * (value - lowest)) / range);
      const d = k === undefined ? undefined : average.next(k);
      return k === undefined || d === undefined ? undefined : { k, d };
    },
  };
};
