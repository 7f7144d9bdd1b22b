import type { Candle } from "../candle";
import { checkFinite } from "./check-indicator-input";
import type { Indicator } from "./indicator";

export type CloseVolume = Pick<Candle, "close" | "volume">;

/**
 * Granville's on-balance volume, in base currency: +volume on a higher close, -volume on a lower one. It starts at 0,
 * so only differences mean anything and the number of candles fetched does not matter. Lookback 0.
 * At an unknown volume the total is undefined, and it starts again at 0 after it.
 */
export const createObv = (): Indicator<CloseVolume, number> => {
  let previousClose: number | undefined;
  let total: number | undefined;
  return {
    next({ close, volume }) {
      checkFinite(close);
      const change = previousClose === undefined ? 0 : Math.sign(close - previousClose);
      previousClose = close;
      if (volume === null) {
        total = undefined;
        return undefined;
      }
      checkFinite(volume);
      total = total === undefined ? 0 : total + change * volume;
      return total;
    },
  };
};
