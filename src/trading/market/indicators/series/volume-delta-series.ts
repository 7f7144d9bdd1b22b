import { deltaOf } from "../volume-delta";
import { meanOf, populationDeviationOf, sumBetween } from "../window-statistics";
import type { CandleColumns } from "./candle-columns";
import { rollingHighest, rollingLowest } from "./rolling-extremes";

/**
 * The volume delta at each candle, as of volume-delta.ts; without meaning where fewer than VOLUME_DELTA_CANDLES candles
 * in a row have a known volume.
 */
export type VolumeDeltaSeries = {
  readonly bar: Float64Array;
  readonly cumulative: Float64Array;
  readonly sigma: Float64Array;
  readonly recent: Float64Array;
  readonly recentRange: Float64Array;
};

const WINDOW = { cumulative: 24, sigma: 20, recent: 5 };

export const VOLUME_DELTA_CANDLES = WINDOW.cumulative;

const barsOf = ({ length, opens, highs, lows, closes, volumes }: CandleColumns): Float64Array => {
  const bars = new Float64Array(length);
  for (let index = 0; index < length; index += 1) {
    const [open, high] = [opens[index] as number, highs[index] as number];
    const [low, close] = [lows[index] as number, closes[index] as number];
    bars[index] = deltaOf({ open, high, low, close }, volumes[index] as number);
  }
  return bars;
};

export const volumeDeltaSeries = (columns: CandleColumns): VolumeDeltaSeries => {
  const { length, closes } = columns;
  const bar = barsOf(columns);
  const [cumulative, sigma, recent] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  for (let to = VOLUME_DELTA_CANDLES; to <= length; to += 1) {
    const from = to - WINDOW.sigma;
    cumulative[to - 1] = sumBetween(bar, to - WINDOW.cumulative, to);
    sigma[to - 1] = populationDeviationOf(bar, meanOf(bar, from, to), { from, to });
    recent[to - 1] = sumBetween(bar, to - WINDOW.recent, to);
  }
  const highest = rollingHighest(closes, WINDOW.recent);
  const lowest = rollingLowest(closes, WINDOW.recent);
  const recentRange = closes.map((close, index) => ((highest[index] as number) - (lowest[index] as number)) / close);
  return { bar, cumulative, sigma, recent, recentRange };
};
