import type { Candle } from "../candle";
import { checkPeriod } from "./check-indicator-input";
import { findDivergence, type Divergence } from "./find-divergence";
import type { Indicator } from "./indicator";
import { createMacd } from "./macd";
import { createRollingWindow } from "./rolling-window";

type Bar = { readonly candle: Candle; readonly line: number };

/** MACD's own lookback, from which the window is filled. */
export const MACD_LOOKBACK = 33;

/** Lookback for a window: MACD must be warm for each of its candles. */
export const divergenceLookback = (window: number): number => MACD_LOOKBACK + window - 1;

/**
 * Regular and hidden divergence of price and MACD 12/26/9 over a fixed window of candles, so that the answer does not
 * depend on pivots of long ago. Lookback 33 + window - 1, so 92.
 */
export const createMacdDivergence = (window = 60): Indicator<Candle, Divergence> => {
  checkPeriod("the divergence's window", window);
  const macd = createMacd();
  const recent = createRollingWindow<Bar>(window);
  return {
    next(candle) {
      const line = macd.next(candle.close)?.line;
      const bars = line === undefined ? undefined : recent.push({ candle, line });
      return (
        bars &&
        findDivergence(
          bars.map((bar) => bar.candle),
          bars.map((bar) => bar.line),
        )
      );
    },
  };
};

/**
 * The same over the candles so far, at most `window`: it answers as soon as MACD is warm, from fewer candles at first.
 * Lookback 33.
 */
export const createMacdDivergenceSoFar = (window = 300): Indicator<Candle, Divergence> => {
  checkPeriod("the divergence's window", window);
  const macd = createMacd();
  const candles: Candle[] = [];
  const lines: (number | undefined)[] = [];
  return {
    next(candle) {
      const line = macd.next(candle.close)?.line;
      candles.push(candle);
      lines.push(line);
      if (candles.length > window) {
        candles.shift();
        lines.shift();
      }
      return line === undefined ? undefined : findDivergence(candles, lines);
    },
  };
};
