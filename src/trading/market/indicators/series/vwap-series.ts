import { weightedPrice } from "../vwap-bands";
import type { CandleColumns } from "./candle-columns";

/** How many candles in a row must have a known volume. */
export const VWAP_CANDLES = 24;

/** VWAP at each candle, as of vwap-bands.ts; NaN where it is unknown. */
export const vwapSeries = ({ length, highs, lows, closes, volumes }: CandleColumns): Float64Array => {
  const prices = closes.map((close, index) => ((highs[index] as number) + (lows[index] as number) + close) / 3);
  const vwaps = new Float64Array(length).fill(Number.NaN);
  for (let to = VWAP_CANDLES; to <= length; to += 1) {
    vwaps[to - 1] = weightedPrice(prices, volumes, { from: to - VWAP_CANDLES, to }) ?? Number.NaN;
  }
  return vwaps;
};
