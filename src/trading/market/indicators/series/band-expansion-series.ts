import { bandwidthOf } from "../bollinger-bands";
import { populationDeviationOf } from "../window-statistics";
import { rollingMeans } from "./rolling-means";
import { rollingMedians } from "./rolling-medians";

/** Bandwidth and its median at each candle, as of band-expansion.ts; without meaning at the first ones. */
export type BandExpansionSeries = { readonly bandwidth: Float64Array; readonly median: Float64Array };

const WINDOW = { bandPeriod: 20, medianPeriod: 120 };
const DEVIATIONS = 2;

export const BAND_EXPANSION_LOOKBACK = WINDOW.bandPeriod + WINDOW.medianPeriod - 2;

export const bandExpansionSeries = (closes: Float64Array): BandExpansionSeries => {
  const middles = rollingMeans(closes, WINDOW.bandPeriod);
  const bandwidth = new Float64Array(closes.length);
  for (let to = WINDOW.bandPeriod; to <= closes.length; to += 1) {
    const middle = middles[to - 1] as number;
    const deviation = populationDeviationOf(closes, middle, { from: to - WINDOW.bandPeriod, to });
    bandwidth[to - 1] = bandwidthOf(middle, DEVIATIONS * deviation);
  }
  return { bandwidth, median: rollingMedians(bandwidth, WINDOW.medianPeriod) };
};
