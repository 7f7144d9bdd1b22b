import { createAtr } from "./atr";
import { checkMultiple } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import type { HighLowClose } from "./true-range";

/** `value` is the band in force, in price units: below the price in an up-trend, above it in a down-trend. */
export type SupertrendValue = { readonly direction: "up" | "down"; readonly value: number };

/**
 * Supertrend (Seban): bands at (high + low) / 2 plus and minus `multiple` x ATR, which only tighten; the direction
 * turns when a close is beyond the opposite band. The first direction is up when the close is at or above that middle.
 * Lookback `period`.
 */
export const createSupertrend = (period = 10, multiple = 3): Indicator<HighLowClose, SupertrendValue> => {
  checkMultiple("Supertrend's multiple", multiple);
  const atr = createAtr(period);
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  let isUp: boolean | undefined;
  let previousClose = Number.NaN;
  return {
    next(candle) {
      const range = atr.next(candle);
      if (range === undefined) return undefined;
      const middle = (candle.high + candle.low) / 2;
      const basicUpper = middle + multiple * range;
      const basicLower = middle - multiple * range;
      // A band only tightens, until a close beyond it resets it.
      if (basicUpper < upper || previousClose > upper) upper = basicUpper;
      if (basicLower > lower || previousClose < lower) lower = basicLower;
      if (isUp === undefined) isUp = candle.close >= middle;
      else isUp = isUp ? candle.close >= lower : candle.close > upper;
      previousClose = candle.close;
      return isUp ? { direction: "up", value: lower } : { direction: "down", value: upper };
    },
  };
};
