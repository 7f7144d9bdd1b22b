import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createHighest, createLowest } from "./rolling-extremes";
import { checkHighLowClose, type HighLowClose } from "./true-range";

const MIDDLE = 0.5;

/**
 * Where the close stands in the range of the last `period` candles, this one included: 0 the lowest low, 1 the highest
 * high. Above 0.5 is the premium half, below it the discount half; a range of zero counts as 0.5. Lookback period - 1.
 */
export const createRangePosition = (period = 20): Indicator<HighLowClose, number> => {
  checkPeriod("the range position", period);
  const highs = createHighest(period);
  const lows = createLowest(period);
  return {
    next(candle) {
      checkHighLowClose(candle);
      const highest = highs.next(candle.high);
      const lowest = lows.next(candle.low);
      if (highest === undefined || lowest === undefined) return undefined;
      return highest === lowest ? MIDDLE : (candle.close - lowest) / (highest - lowest);
    },
  };
};
