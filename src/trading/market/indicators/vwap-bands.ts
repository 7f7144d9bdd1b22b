import type { Candle } from "../candle";
import { createAtr } from "./atr";
import { checkFinite, checkPeriod } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";

/** Price units. `upper` and `lower` are one ATR away from the volume weighted average price. */
export type VwapValue = { readonly vwap: number; readonly upper: number; readonly lower: number };

export type VwapWindow = { readonly candles: number; readonly atrPeriod: number };

/** One day of hourly candles: a window that does not depend on how many candles were fetched. */
const STANDARD_WINDOW: VwapWindow = { candles: 24, atrPeriod: 14 };

/**
 * VWAP of the typical price (high + low + close) / 3 over a fixed rolling window. Undefined while a volume in the window
 * is unknown, or all are 0. Lookback candles - 1.
 */
export const createVwap = (candles: number): Indicator<Candle, number> => {
  checkPeriod("VWAP", candles);
  const prices = createRollingWindow<number>(candles);
  const volumes = createRollingWindow<number>(candles);
  return {
    next({ high, low, close, volume }) {
      if (volume === null) {
        prices.clear();
        volumes.clear();
        return undefined;
      }
      checkFinite(volume);
      const pricesNow = prices.push((high + low + close) / 3);
      const volumesNow = volumes.push(volume);
      return pricesNow && volumesNow && weightedPrice(pricesNow, volumesNow);
    },
  };
};

export const vwapBandsOf = (vwap: number, range: number): VwapValue => ({
  vwap,
  upper: vwap + range,
  lower: vwap - range,
});

/** VWAP with bands of one ATR. Lookback the larger of candles - 1 and atrPeriod. */
export const createVwapBands = (window: VwapWindow = STANDARD_WINDOW): Indicator<Candle, VwapValue> => {
  const vwaps = createVwap(window.candles);
  const atr = createAtr(window.atrPeriod);
  return {
    next(candle) {
      const range = atr.next(candle);
      const vwap = vwaps.next(candle);
      return vwap === undefined || range === undefined ? undefined : vwapBandsOf(vwap, range);
    },
  };
};

/** The mean of prices by their volumes; undefined where nothing was traded. */
export const weightedPrice = (
  prices: ArrayLike<number>,
  volumes: ArrayLike<number>,
  { from, to }: { readonly from: number; readonly to: number } = { from: 0, to: prices.length },
): number | undefined => {
  const base = prices[from] ?? Number.NaN;
  let value = 0;
  let volume = 0;
  for (let index = from; index < to; index += 1) {
    const traded = volumes[index] ?? Number.NaN;
    value += ((prices[index] ?? Number.NaN) - base) * traded;
    volume += traded;
  }
  return volume > 0 ? base + value / volume : undefined;
};
