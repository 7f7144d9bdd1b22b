import { checkFinite, checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";

/** The index where `value` belongs in `sorted` (ascending): the first one whose value is not below it. */
const placeOf = (sorted: readonly number[], value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Number.POSITIVE_INFINITY) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Median of the last `period` values (the mean of the middle two for an even number). Lookback period - 1. */
export const createRollingMedian = (period: number): Indicator<number, number> => {
  checkPeriod("a rolling median", period);
  const window = createRollingWindow<number>(period);
  const sorted: number[] = [];
  let oldest: number | undefined;
  return {
    next(value) {
      checkFinite(value);
      if (oldest !== undefined) sorted.splice(placeOf(sorted, oldest), 1);
      sorted.splice(placeOf(sorted, value), 0, value);
      oldest = window.push(value)?.[0];
      if (oldest === undefined) return undefined;
      const lower = sorted[(period - 1) >> 1] ?? Number.NaN;
      const upper = sorted[period >> 1] ?? Number.NaN;
      return (lower + upper) / 2;
    },
  };
};
