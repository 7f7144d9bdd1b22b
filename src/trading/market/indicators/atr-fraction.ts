import { createAtr } from "./atr";
import { checkPrice } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import type { HighLowClose } from "./true-range";

/** Wilder's ATR as a fraction of the close (normalised ATR, "ATR %"): comparable between markets. Lookback `period`. */
export const createAtrFraction = (period: number): Indicator<HighLowClose, number> => {
  const atr = createAtr(period);
  return {
    next(candle) {
      const range = atr.next(candle);
      checkPrice(candle.close);
      return range === undefined ? undefined : range / candle.close;
    },
  };
};
