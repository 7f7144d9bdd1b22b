import { checkFinite, checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";
import { meanOf } from "./window-statistics";

/** Simple moving average of the last `period` values, in their unit. Lookback period - 1. */
export const createSma = (period: number): Indicator<number, number> => {
  checkPeriod("SMA", period);
  const window = createRollingWindow<number>(period);
  return {
    next(value) {
      checkFinite(value);
      const values = window.push(value);
      return values && meanOf(values);
    },
  };
};
