import type { Candle } from "./candle";

/** How many of the ascending candles open before `time`: also the index of the first that opens at or after it. */
export const countBefore = (candles: readonly Candle[], time: number): number => {
  let low = 0;
  let high = candles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((candles[middle]?.openTime ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};
