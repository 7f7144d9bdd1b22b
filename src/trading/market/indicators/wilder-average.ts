import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createSeededAverage } from "./seeded-average";

/**
 * Wilder's smoothing (New Concepts in Technical Trading Systems, 1978): average = (average x (n - 1) + value) / n,
 * seeded with the SMA. Lookback period - 1.
 */
export const createWilderAverage = (period: number): Indicator<number, number> => {
  checkPeriod("Wilder's average", period);
  return createSeededAverage(period, 1 / period);
};
