import type { Candle } from "../../candle";
import { checkFinite, checkPrice } from "../check-indicator-input";

/** Candles by their fields, for loops over many of them. Volumes are NaN where unknown. */
export type CandleColumns = {
  readonly length: number;
  readonly openTimes: Float64Array;
  readonly opens: Float64Array;
  readonly highs: Float64Array;
  readonly lows: Float64Array;
  readonly closes: Float64Array;
  readonly volumes: Float64Array;
  /** How many candles in a row, up to and including each, have a known volume. */
  readonly knownVolumes: Int32Array;
};

/** Throws InvariantError for a number that is not finite, and for a close that is not above 0. */
export const toColumns = (candles: readonly Candle[]): CandleColumns => {
  const { length } = candles;
  const [openTimes, opens, highs] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  const [lows, closes, volumes] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  const knownVolumes = new Int32Array(length);
  let known = 0;
  for (let index = 0; index < length; index += 1) {
    const { openTime, open, high, low, close, volume } = candles[index] as Candle;
    checkFinite(open);
    checkFinite(high);
    checkFinite(low);
    checkPrice(close);
    openTimes[index] = openTime;
    opens[index] = open;
    highs[index] = high;
    lows[index] = low;
    closes[index] = close;
    if (volume !== null) checkFinite(volume);
    known = volume === null ? 0 : known + 1;
    volumes[index] = volume ?? Number.NaN;
    knownVolumes[index] = known;
  }
  return { length, openTimes, opens, highs, lows, closes, volumes, knownVolumes };
};
