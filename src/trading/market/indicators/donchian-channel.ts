import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createHighest, createLowest } from "./rolling-extremes";
import { checkHighLowClose, type HighLowClose } from "./true-range";

/** Price units: the highest high, the lowest low and the middle between them. */
export type DonchianValue = { readonly upper: number; readonly middle: number; readonly lower: number };

/**
 * Donchian's channel of the `period` candles BEFORE this one, so that this close can break out of it. Lookback `period`.
 */
export const createDonchianChannel = (period = 20): Indicator<HighLowClose, DonchianValue> => {
  checkPeriod("the Donchian channel", period);
  const highs = createHighest(period);
  const lows = createLowest(period);
  let channel: DonchianValue | undefined;
  return {
    next(candle) {
      checkHighLowClose(candle);
      const before = channel;
      const upper = highs.next(candle.high);
      const lower = lows.next(candle.low);
      if (upper !== undefined && lower !== undefined) channel = { upper, middle: (upper + lower) / 2, lower };
      return before;
    },
  };
};
