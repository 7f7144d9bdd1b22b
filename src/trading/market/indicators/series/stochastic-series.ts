import { stochasticOf } from "../stochastic";
import type { CandleColumns } from "./candle-columns";
import { rollingHighest, rollingLowest } from "./rolling-extremes";
import { rollingMeans } from "./rolling-means";

/** The stochastic at each candle, as of stochastic.ts; without meaning at the first STOCHASTIC_LOOKBACK candles. */
export type StochasticSeries = { readonly k: Float64Array; readonly d: Float64Array };

const PERIODS = { range: 14, slowing: 3, average: 3 };

export const STOCHASTIC_LOOKBACK = PERIODS.range + PERIODS.slowing + PERIODS.average - 3;

export const stochasticSeries = ({ highs, lows, closes }: CandleColumns): StochasticSeries => {
  const highest = rollingHighest(highs, PERIODS.range);
  const lowest = rollingLowest(lows, PERIODS.range);
  const raw = closes.map((close, index) => stochasticOf(close, highest[index] as number, lowest[index] as number));
  const k = rollingMeans(raw, PERIODS.slowing);
  return { k, d: rollingMeans(k, PERIODS.average) };
};
