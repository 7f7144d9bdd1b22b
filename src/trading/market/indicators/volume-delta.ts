import type { Candle } from "../candle";
import { checkFinite, checkPeriod, checkPrice } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { checkHighLowClose } from "./true-range";
import { createHighest, createLowest } from "./rolling-extremes";
import { createRollingWindow } from "./rolling-window";
import { populationDeviationOf, sumBetween } from "./window-statistics";

/**
 * A proxy for order flow, from candles and not from trades or the book. Base currency. `bar` is this candle's delta,
 * `cumulative` their sum over the window, `sigma` the deviation of the last 20 deltas, `recent` the sum of the last 5;
 * `recentRange` is the range of the last 5 closes as a fraction of the last one.
 */
export type VolumeDeltaValue = {
  readonly bar: number;
  readonly cumulative: number;
  readonly sigma: number;
  readonly recent: number;
  readonly recentRange: number;
};

export type VolumeDeltaWindow = { readonly cumulative: number; readonly sigma: number; readonly recent: number };

const STANDARD_WINDOW: VolumeDeltaWindow = { cumulative: 24, sigma: 20, recent: 5 };

/**
 * delta = volume x (close - open) / (high - low), 0 for a candle without range, so it does not depend on the price's
 * scale. All windows are fixed and the largest must be full: lookback 23 by default. An unknown volume restarts them.
 */
export const createVolumeDelta = (window: VolumeDeltaWindow = STANDARD_WINDOW): Indicator<Candle, VolumeDeltaValue> => {
  for (const size of Object.values(window)) checkPeriod("the volume delta", size);
  const size = Math.max(window.cumulative, window.sigma, window.recent);
  const deltas = createRollingWindow<number>(size);
  const highest = createHighest(window.recent);
  const lowest = createLowest(window.recent);
  return {
    next(candle) {
      checkHighLowClose(candle);
      checkFinite(candle.open);
      checkPrice(candle.close);
      const high = highest.next(candle.close) ?? Number.NaN;
      const low = lowest.next(candle.close) ?? Number.NaN;
      if (candle.volume === null) {
        deltas.clear();
        return undefined;
      }
      checkFinite(candle.volume);
      const bar = deltaOf(candle, candle.volume);
      const bars = deltas.push(bar);
      if (bars === undefined) return undefined;
      return {
        bar,
        cumulative: sumBetween(bars, size - window.cumulative, size),
        sigma: populationDeviationOf(bars.slice(-window.sigma)),
        recent: sumBetween(bars, size - window.recent, size),
        recentRange: (high - low) / candle.close,
      };
    },
  };
};

/** Of one candle, in base currency. */
export const deltaOf = ({ open, high, low, close }: Omit<Candle, "openTime" | "volume">, volume: number): number =>
  high === low ? 0 : (volume * (close - open)) / (high - low);
