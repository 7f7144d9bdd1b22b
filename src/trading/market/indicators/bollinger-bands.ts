import { checkMultiple, checkPeriod, checkPrice } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";
import { meanOf, populationDeviationOf } from "./window-statistics";

/** Bands in price units; `bandwidth` = (upper - lower) / middle, a fraction. */
export type BollingerValue = {
  readonly upper: number;
  readonly middle: number;
  readonly lower: number;
  readonly bandwidth: number;
};

/** The distance of the bands, each `half` away from the middle, as a fraction of it. */
export const bandwidthOf = (middle: number, half: number): number => (2 * half) / middle;

/** Bollinger bands: SMA plus and minus `deviations` population standard deviations. Lookback period - 1. */
export const createBollingerBands = (period = 20, deviations = 2): Indicator<number, BollingerValue> => {
  checkPeriod("Bollinger bands", period);
  checkMultiple("Bollinger's number of deviations", deviations);
  const window = createRollingWindow<number>(period);
  return {
    next(price) {
      checkPrice(price);
      const prices = window.push(price);
      if (prices === undefined) return undefined;
      const middle = meanOf(prices);
      const half = deviations * populationDeviationOf(prices, middle);
      return { upper: middle + half, middle, lower: middle - half, bandwidth: bandwidthOf(middle, half) };
    },
  };
};
