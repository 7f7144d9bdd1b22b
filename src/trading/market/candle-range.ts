import type { Candle } from "./candle";
import { floorToGrid, timeframeMs, type Timeframe } from "./timeframe";

/** Candles that open at or after `from` and close at or before `closedBy`, ms. */
export type CandleRange = { readonly timeframe: Timeframe; readonly from: number; readonly closedBy: number };

/** A market's candles of a range, ascending; fewer where there are gaps. */
export type ReadCandles = (range: CandleRange) => readonly Candle[];

/** The range of the last `count` candles that closed at or before `closedBy`. */
export const lastCandles = (wanted: {
  readonly timeframe: Timeframe;
  readonly count: number;
  readonly closedBy: number;
}): CandleRange => {
  const { timeframe, count, closedBy } = wanted;
  const step = timeframeMs(timeframe);
  return { timeframe, from: floorToGrid(closedBy, step) - count * step, closedBy };
};
