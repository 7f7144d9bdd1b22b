import type { Candle } from "../../market/candle";
import { findDivergence, type Divergence } from "../../market/indicators/find-divergence";

export type MacdDivergence = Divergence;

/** The divergence of price and MACD at the last candle; `lines` has the MACD line of each candle. See findDivergence. */
export const findMacdDivergence = (
  candles: readonly Candle[],
  lines: readonly (number | undefined)[],
): MacdDivergence => findDivergence(candles, lines);
