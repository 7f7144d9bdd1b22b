import { checkFinite, checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";

/** The highest of the last `period` values. Lookback period - 1. Scans the window only when its highest leaves it. */
export const createHighest = (period: number): Indicator<number, number> => {
  checkPeriod("a highest value", period);
  const window = createRollingWindow<number>(period);
  let highest = Number.NEGATIVE_INFINITY;
  let age = 0;
  const lookThrough = (values: readonly number[]): void => {
    highest = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index] ?? Number.NaN;
      if (value < highest) continue;
      highest = value;
      age = values.length - 1 - index;
    }
  };
  return {
    next(value) {
      checkFinite(value);
      const values = window.push(value);
      age += 1;
      if (value >= highest) {
        highest = value;
        age = 0;
      } else if (values && age >= period) {
        lookThrough(values);
      }
      return values && highest;
    },
  };
};

/** The lowest of the last `period` values. Lookback period - 1. */
export const createLowest = (period: number): Indicator<number, number> => {
  const highest = createHighest(period);
  return {
    next(value) {
      const negated = highest.next(-value);
      return negated === undefined ? undefined : -negated;
    },
  };
};
