import type { Candle } from "../candle";
import { checkFinite } from "./check-indicator-input";
import type { Indicator } from "./indicator";

export type HighLowClose = Pick<Candle, "high" | "low" | "close">;

/** Throws when a price is not finite. */
export const checkHighLowClose = (candle: HighLowClose): void => {
  checkFinite(candle.high);
  checkFinite(candle.low);
  checkFinite(candle.close);
};

/** The candle's range, extended to the close before it. */
const trueRangeOf = ({ high, low }: Pick<Candle, "high" | "low">, closeBefore: number): number =>
  Math.max(high, closeBefore) - Math.min(low, closeBefore);

/** Wilder's true range in price units: the candle's range, extended to the previous close. Lookback 1. */
export const createTrueRange = (): Indicator<HighLowClose, number> => {
  let previousClose: number | undefined;
  return {
    next(candle) {
      checkHighLowClose(candle);
      const before = previousClose;
      previousClose = candle.close;
      return before === undefined ? undefined : trueRangeOf(candle, before);
    },
  };
};
