import type { Candle } from "../market/candle";
import { toWholePrices, type WholePrices } from "./exact-units";

/** A market's finest candles by their fields, for loops over many of them; `wholeCloses` null: they have too many digits. */
export type FinestColumns = {
  readonly openTimes: Float64Array;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  readonly closes: Float64Array;
  readonly wholeCloses: WholePrices | null;
};

export const toFinestColumns = (candles: readonly Candle[]): FinestColumns => {
  const { length } = candles;
  const [openTimes, highs] = [new Float64Array(length), new Float64Array(length)];
  const [lows, closes] = [new Float64Array(length), new Float64Array(length)];
  for (let index = 0; index < length; index += 1) {
    const candle = candles[index] as Candle;
    openTimes[index] = candle.openTime;
    highs[index] = candle.high;
    lows[index] = candle.low;
    closes[index] = candle.close;
  }
  return { openTimes, highs, lows, closes, wholeCloses: toWholePrices(closes) };
};
