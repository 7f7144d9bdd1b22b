import {
  BAND_EXPANSION_LOOKBACK,
  bandExpansionSeries,
  type BandExpansionSeries,
} from "../../../market/indicators/series/band-expansion-series";
import type { CandleColumns } from "../../../market/indicators/series/candle-columns";
import {
  ICHIMOKU_LOOKBACK,
  ichimokuSeries,
  type IchimokuSeries,
} from "../../../market/indicators/series/ichimoku-series";
import { toLineSides, type LineSides } from "../../../market/indicators/series/line-sides";
import { rollingMeans } from "../../../market/indicators/series/rolling-means";
import {
  STOCHASTIC_LOOKBACK,
  stochasticSeries,
  type StochasticSeries,
} from "../../../market/indicators/series/stochastic-series";
import { volumeDeltaSeries, type VolumeDeltaSeries } from "../../../market/indicators/series/volume-delta-series";
import { vwapSeries } from "../../../market/indicators/series/vwap-series";
import { toCloudSides } from "../../analysis/cloud-cross";

/**
 * What depends on a fixed number of the last candles alone, so that it is the same in every window that has that many:
 * computed once a candle, however many windows read it. By candle.
 */
export type TrinityTables = {
  readonly sma200: Float64Array;
  /** The closes against SMA200. */
  readonly sma200Sides: LineSides;
  readonly cloud: IchimokuSeries;
  /** The closes against the cloud. */
  readonly cloudSides: LineSides;
  readonly bands: BandExpansionSeries;
  readonly stochastic: StochasticSeries;
  readonly volumeDelta: VolumeDeltaSeries;
  readonly volumeMeans: Float64Array;
  readonly vwap: Float64Array;
};

const SMA_PERIOD = 200;
const VOLUME_PERIOD = 20;

/** How many candles before it in its window a candle needs. */
export const TABLE_LOOKBACKS = {
  sma200: SMA_PERIOD - 1,
  cloud: ICHIMOKU_LOOKBACK,
  bands: BAND_EXPANSION_LOOKBACK,
  stochastic: STOCHASTIC_LOOKBACK,
  volumeMeans: VOLUME_PERIOD - 1,
} as const;

const toSides = (closes: Float64Array, line: Float64Array): LineSides => {
  const sides = new Int8Array(closes.length);
  for (let index = 0; index < closes.length; index += 1) {
    sides[index] = Math.sign((closes[index] as number) - (line[index] as number));
  }
  return toLineSides(sides);
};

export const readTrinityTables = (columns: CandleColumns): TrinityTables => {
  const { closes, volumes } = columns;
  const sma200 = rollingMeans(closes, SMA_PERIOD);
  const cloud = ichimokuSeries(columns);
  return {
    sma200,
    sma200Sides: toSides(closes, sma200),
    cloud,
    cloudSides: toCloudSides(closes, cloud),
    bands: bandExpansionSeries(closes),
    stochastic: stochasticSeries(columns),
    volumeDelta: volumeDeltaSeries(columns),
    volumeMeans: rollingMeans(volumes, VOLUME_PERIOD),
    vwap: vwapSeries(columns),
  };
};
