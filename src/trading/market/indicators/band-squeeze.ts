import { createBandExpansion, type BandExpansionWindow } from "./band-expansion";
import { createBollingerBands } from "./bollinger-bands";
import { checkMultiple } from "./check-indicator-input";
import type { Indicator } from "./indicator";

/**
 * `bandwidth` and `median` are fractions of the price. `bandDistance` is the close's distance from the middle in half
 * widths, signed: 1 is the upper band, -1 the lower one, 0 a market that never moved.
 */
export type BandSqueezeValue = {
  readonly bandwidth: number;
  readonly median: number;
  readonly bandDistance: number;
  readonly isSqueezed: boolean;
  readonly isNearBand: boolean;
};

/** `squeeze` is a share of the median bandwidth, `near` a share of the half width. */
export type BandSqueezeLimits = { readonly squeeze: number; readonly near: number };

const STANDARD_WINDOW: BandExpansionWindow = { bandPeriod: 20, medianPeriod: 120 };
const STANDARD_LIMITS: BandSqueezeLimits = { squeeze: 0.7, near: 0.8 };

/**
 * Bollinger squeeze: the bandwidth is below 0.7 x its median over a fixed number of closed candles; and near band: the
 * close is beyond 0.8 of the way from the middle to a band. Lookback bandPeriod + medianPeriod - 2, so 138.
 */
export const createBandSqueeze = (
  window: BandExpansionWindow = STANDARD_WINDOW,
  limits: BandSqueezeLimits = STANDARD_LIMITS,
): Indicator<number, BandSqueezeValue> => {
  checkMultiple("the squeeze's share of the median", limits.squeeze);
  checkMultiple("the near band's share of the half width", limits.near);
  const widths = createBandExpansion(window);
  const bands = createBollingerBands(window.bandPeriod);
  return {
    next(close) {
      const width = widths.next(close);
      const band = bands.next(close);
      if (width === undefined || band === undefined) return undefined;
      const half = band.upper - band.middle;
      const bandDistance = half === 0 ? 0 : (close - band.middle) / half;
      return {
        ...width,
        bandDistance,
        isSqueezed: width.bandwidth < limits.squeeze * width.median,
        isNearBand: Math.abs(bandDistance) > limits.near,
      };
    },
  };
};
