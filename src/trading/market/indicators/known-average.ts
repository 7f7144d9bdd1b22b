import type { Indicator } from "./indicator";
import { createSma } from "./sma";

/**
 * SMA of values that may be unknown (null or undefined): undefined until `period` known values came in a row. For
 * volume and values computed from it. Lookback period - 1 after the last unknown value.
 */
export const createKnownAverage = (period: number): Indicator<number | null | undefined, number> => {
  let average = createSma(period);
  return {
    next(value) {
      if (value !== null && value !== undefined) return average.next(value);
      average = createSma(period);
      return undefined;
    },
  };
};
