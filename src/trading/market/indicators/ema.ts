import { checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createSeededAverage } from "./seeded-average";

/** Exponential moving average, seeded with the SMA, factor 2 / (period + 1). Lookback period - 1. */
export const createEma = (period: number): Indicator<number, number> => {
  checkPeriod("EMA", period);
  return createSeededAverage(period, 2 / (period + 1));
};
