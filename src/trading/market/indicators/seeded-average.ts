import { checkFinite, checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createSma } from "./sma";

/**
 * A recursive average that starts as the SMA of its first `period` values, as in TA-Lib, and then moves towards each
 * value by `factor` (0..1) of the distance. Lookback period - 1.
 */
export const createSeededAverage = (period: number, factor: number): Indicator<number, number> => {
  checkPeriod("a moving average", period);
  const seed = createSma(period);
  let average: number | undefined;
  return {
    next(value) {
      checkFinite(value);
      if (average === undefined) average = seed.next(value);
      else average += (value - average) * factor;
      return average;
    },
  };
};
