import { createBollingerBands } from "./bollinger-bands";
import type { Indicator } from "./indicator";
import { createRollingMedian } from "./rolling-median";

/** Both are fractions of the price: this candle's Bollinger bandwidth and the median one. */
export type BandExpansionValue = { readonly bandwidth: number; readonly median: number };

export type BandExpansionWindow = { readonly bandPeriod: number; readonly medianPeriod: number };

const STANDARD_WINDOW: BandExpansionWindow = { bandPeriod: 20, medianPeriod: 120 };

/**
 * Bollinger bandwidth and its median over a fixed number of closed candles, this one included. The bands expand
 * when it exceeds 1.3 x the median. Lookback bandPeriod + medianPeriod - 2, so 138.
 */
export const createBandExpansion = (
  window: BandExpansionWindow = STANDARD_WINDOW,
): Indicator<number, BandExpansionValue> => {
  const bands = createBollingerBands(window.bandPeriod);
  const medians = createRollingMedian(window.medianPeriod);
  return {
    next(close) {
      const bandwidth = bands.next(close)?.bandwidth;
      const median = bandwidth === undefined ? undefined : medians.next(bandwidth);
      return bandwidth === undefined || median === undefined ? undefined : { bandwidth, median };
    },
  };
};
