import { checkPeriod, checkPrice } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";

/** The close's change since `period` candles ago, as a fraction of that close. Lookback `period`. */
export const createRateOfChange = (period: number): Indicator<number, number> => {
  checkPeriod("the rate of change", period);
  const window = createRollingWindow<number>(period + 1);
  return {
    next(close) {
      checkPrice(close);
      const before = window.push(close)?.[0];
      return before === undefined ? undefined : (close - before) / before;
    },
  };
};
