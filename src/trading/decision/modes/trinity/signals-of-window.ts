import type { Candle } from "../../../market/candle";
import type { MacdValue } from "../../../market/indicators/macd";
import type { BandExpansionValue } from "../../../market/indicators/band-expansion";
import type { IchimokuValue } from "../../../market/indicators/ichimoku";
import type { VolumeDeltaValue } from "../../../market/indicators/volume-delta";
import type { SupertrendAt } from "../../../market/indicators/series/supertrend-windows";
import { VOLUME_DELTA_CANDLES } from "../../../market/indicators/series/volume-delta-series";
import { VWAP_CANDLES } from "../../../market/indicators/series/vwap-series";
import { rsiOf } from "../../../market/indicators/rsi";
import type { CandleColumns } from "../../../market/indicators/series/candle-columns";
import { vwapBandsOf, type VwapValue } from "../../../market/indicators/vwap-bands";
import { cloudCrossAt } from "../../analysis/cloud-cross";
import type { ExitSignals } from "./trinity-readings";
import type { ConfirmSignals, TrinitySignals, WithMean } from "./trinity-signals";
import { TABLE_LOOKBACKS, type TrinityTables } from "./trinity-tables";
import { NO_TURN, readLineTurn, type LineTurn } from "./trinity-turns";
import { WINDOW_LOOKBACKS, type TrinityWindows } from "./trinity-windows";

/** Everything that was computed of a list of candles and its windows. */
export type SeriesRead = {
  readonly candles: readonly Candle[];
  readonly columns: CandleColumns;
  readonly tables: TrinityTables;
  readonly values: TrinityWindows;
  readonly closeTimes: Float64Array;
};

/** A window that has a candle: its index, its last candle's, and how many of its candles come before that. */
export type WindowAt = { readonly at: number; readonly last: number; readonly before: number };

/** Puts together what is read at the last candle of a window. */
export const signalsOfWindow = (read: SeriesRead, window: WindowAt, confirm: ConfirmSignals | null): TrinitySignals => {
  const { candles, tables, values } = read;
  const { at, last, before } = window;
  const first = last - before;
  const macd = values.macd(at);
  const { close: _close, ...exits } = readExitSignals(read, window);
  return {
    ...exits,
    candle: candles[last] as Candle,
    ema20: before < WINDOW_LOOKBACKS.ema20 ? null : values.ema20(at),
    cloud: readCloud(tables, window),
    cloudCross: cloudCrossAt(tables.cloudSides, { last, warm: first + TABLE_LOOKBACKS.cloud }),
    adx14: values.adx14(at),
    macd: macd && toMacd(macd),
    divergence: macd && macd.divergence,
    obv: readObv(values, window),
    volume: readVolume(read, window),
    volumeDelta: readVolumeDelta(read, window),
    bands: readBands(tables, window),
    stochastic: readStochastic(tables, window),
    vwap: readVwap(read, window),
    confirm,
  };
};

/** The part of it that the exits look at. */
export const readExitSignals = (read: SeriesRead, window: WindowAt): ExitSignals => {
  const { tables, values, closeTimes } = read;
  const { at, last, before } = window;
  const supertrend = values.supertrend(at);
  const warm = last - before + TABLE_LOOKBACKS.sma200;
  return {
    close: read.columns.closes[last] as number,
    sma200: before < TABLE_LOOKBACKS.sma200 ? null : (tables.sma200[last] as number),
    atr14: before < WINDOW_LOOKBACKS.wilder14 ? null : values.atr14(at),
    rsi14: readRsi(values, window),
    supertrend: supertrend && supertrend.value,
    turns: {
      supertrend: supertrend ? turnOf(supertrend, closeTimes) : NO_TURN,
      sma200: readLineTurn(tables.sma200Sides, { last, warm }, closeTimes),
    },
  };
};

/** How many candles of the window, in a row up to its last one, have a known volume. */
const knownRunOf = ({ columns }: SeriesRead, { last, before }: WindowAt): number =>
  Math.min(columns.knownVolumes[last] as number, before + 1);

const readRsi = ({ gains14, losses14 }: TrinityWindows, { at, before }: WindowAt): number | null =>
  before < WINDOW_LOOKBACKS.wilder14 ? null : rsiOf(gains14(at), losses14(at));

const toMacd = ({ line, signal }: { readonly line: number; readonly signal: number }): MacdValue => ({
  line,
  signal,
  histogram: line - signal,
});

const readObv = ({ obv }: TrinityWindows, { at }: WindowAt): WithMean | null => {
  const { total, mean } = obv(at);
  return Number.isNaN(mean) ? null : { value: total, mean };
};

const readVolume = (read: SeriesRead, window: WindowAt): WithMean | null =>
  knownRunOf(read, window) <= TABLE_LOOKBACKS.volumeMeans
    ? null
    : { value: read.columns.volumes[window.last] as number, mean: read.tables.volumeMeans[window.last] as number };

const readVwap = (read: SeriesRead, window: WindowAt): VwapValue | null => {
  const vwap = read.tables.vwap[window.last] as number;
  if (knownRunOf(read, window) < VWAP_CANDLES || Number.isNaN(vwap)) return null;
  return vwapBandsOf(vwap, read.values.atr14(window.at));
};

const readVolumeDelta = (read: SeriesRead, window: WindowAt): VolumeDeltaValue | null => {
  if (knownRunOf(read, window) < VOLUME_DELTA_CANDLES) return null;
  const { last } = window;
  const { bar, cumulative, sigma, recent, recentRange } = read.tables.volumeDelta;
  return {
    bar: bar[last] as number,
    cumulative: cumulative[last] as number,
    sigma: sigma[last] as number,
    recent: recent[last] as number,
    recentRange: recentRange[last] as number,
  };
};

const readCloud = ({ cloud }: TrinityTables, { last, before }: WindowAt): IchimokuValue | null =>
  before < TABLE_LOOKBACKS.cloud
    ? null
    : {
        tenkan: cloud.tenkan[last] as number,
        kijun: cloud.kijun[last] as number,
        spanA: cloud.spanA[last] as number,
        spanB: cloud.spanB[last] as number,
      };

const readBands = ({ bands }: TrinityTables, { last, before }: WindowAt): BandExpansionValue | null =>
  before < TABLE_LOOKBACKS.bands
    ? null
    : { bandwidth: bands.bandwidth[last] as number, median: bands.median[last] as number };

const readStochastic = ({ stochastic }: TrinityTables, { last, before }: WindowAt): TrinitySignals["stochastic"] => {
  if (before <= TABLE_LOOKBACKS.stochastic) return null;
  const { k, d } = stochastic;
  return {
    now: { k: k[last] as number, d: d[last] as number },
    before: { k: k[last - 1] as number, d: d[last - 1] as number },
  };
};

const turnOf = ({ isUp, turn }: SupertrendAt, closeTimes: Float64Array): LineTurn => ({
  standing: isUp === 1 ? "above" : "below",
  turnedAt: turn === -1 ? null : (closeTimes[turn] as number),
});
