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

type Traded = { readonly price: number; readonly volume: number };

/**
 * VWAP of the typical price (high + low + close) / 3 over a fixed rolling window, with bands of one ATR.
 * Undefined while a volume in the window is unknown, or all are 0. Lookback the larger of candles - 1 and atrPeriod.
 */
export const createVwapBands = (window: VwapWindow = STANDARD_WINDOW): Indicator<Candle, VwapValue> => {
  checkPeriod("VWAP", window.candles);
  const atr = createAtr(window.atrPeriod);
  const recent = createRollingWindow<Traded>(window.candles);
  return {
    next(candle) {
      const range = atr.next(candle);
      if (candle.volume === null) {
        recent.clear();
        return undefined;
      }
      checkFinite(candle.volume);
      const traded = recent.push({ price: (candle.high + candle.low + candle.close) / 3, volume: candle.volume });
      const vwap = traded && weightedPrice(traded);
      return vwap === undefined || range === undefined ? undefined : { vwap, upper: vwap + range, lower: vwap - range };
    },
  };
};

const weightedPrice = (traded: readonly Traded[]): number | undefined => {
  const base = traded[0]?.price ?? Number.NaN;
  let value = 0;
  let volume = 0;
  for (const bar of traded) {
    value += (bar.price - base) * bar.volume;
    volume += bar.volume;
  }
  return volume > 0 ? base + value / volume : undefined;
};
