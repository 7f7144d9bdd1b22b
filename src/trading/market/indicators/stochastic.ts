import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createHighest, createLowest } from "./rolling-extremes";
import { createSma } from "./sma";
import { checkHighLowClose, type HighLowClose } from "./true-range";

/** Both 0..100: where the close stands in the range (k, smoothed), and the average of k (d). */
export type StochasticValue = { readonly k: number; readonly d: number };

export type StochasticPeriods = { readonly range: number; readonly slowing: number; readonly average: number };

const STANDARD_PERIODS: StochasticPeriods = { range: 14, slowing: 3, average: 3 };
const NEITHER_SIDE = 50;

/** 0..100: where a close stands between the lowest and the highest price. */
export const stochasticOf = (close: number, highest: number, lowest: number): number => {
  const range = highest - lowest;
  return range === 0 ? NEITHER_SIDE : (100 * (close - lowest)) / range;
};

/**
 * Lane's slow stochastic of price (not of RSI), TA-Lib's STOCH with SMA. Lookback range + slowing + average - 3.
 * A range of zero counts as 50; TA-Lib says 0 there, which would turn the next tick up into a cross.
 */
export const createStochastic = (
  periods: StochasticPeriods = STANDARD_PERIODS,
): Indicator<HighLowClose, StochasticValue> => {
  checkPeriod("the stochastic's range", periods.range);
  const highs = createHighest(periods.range);
  const lows = createLowest(periods.range);
  const slowing = createSma(periods.slowing);
  const average = createSma(periods.average);
  return {
    next(candle) {
      checkHighLowClose(candle);
      const highest = highs.next(candle.high);
      const lowest = lows.next(candle.low);
      if (highest === undefined || lowest === undefined) return undefined;
      const k = slowing.next(stochasticOf(candle.close, highest, lowest));
      const d = k === undefined ? undefined : average.next(k);
      return k === undefined || d === undefined ? undefined : { k, d };
    },
  };
};
