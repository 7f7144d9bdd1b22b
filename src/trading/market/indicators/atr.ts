import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createTrueRange, type HighLowClose } from "./true-range";
import { createWilderAverage } from "./wilder-average";

/** Wilder's average true range, in price units. Lookback `period`. */
export const createAtr = (period: number): Indicator<HighLowClose, number> => {
  checkPeriod("ATR", period);
  const trueRange = createTrueRange();
  const average = createWilderAverage(period);
  return {
    next(candle) {
      const range = trueRange.next(candle);
      return range === undefined ? undefined : average.next(range);
    },
  };
};
