import { candleCloseTime, type Candle } from "../../../market/candle";
import { createAdx, type AdxValue } from "../../../market/indicators/adx";
import { createAtr } from "../../../market/indicators/atr";
import { createBandExpansion, type BandExpansionValue } from "../../../market/indicators/band-expansion";
import { createEma } from "../../../market/indicators/ema";
import { createIchimoku, type IchimokuValue } from "../../../market/indicators/ichimoku";
import { computeLast, computeSeries, type Indicator } from "../../../market/indicators/indicator";
import { createKnownAverage } from "../../../market/indicators/known-average";
import { createMacd, type MacdValue } from "../../../market/indicators/macd";
import { createObv } from "../../../market/indicators/obv";
import { createRsi } from "../../../market/indicators/rsi";
import { createSma } from "../../../market/indicators/sma";
import { createStochastic, type StochasticValue } from "../../../market/indicators/stochastic";
import { createSupertrend, type SupertrendValue } from "../../../market/indicators/supertrend";
import { createVolumeDelta, type VolumeDeltaValue } from "../../../market/indicators/volume-delta";
import { createVwapBands, type VwapValue } from "../../../market/indicators/vwap-bands";
import type { Timeframe } from "../../../market/timeframe";
import { findCloudCross, type CloudCross } from "../../analysis/cloud-cross";
import { findMacdDivergence, type MacdDivergence } from "../../analysis/macd-divergence";

/** What the exit rules read of one past candle. `closeTime` in ms UTC. */
export type TrailPoint = {
  readonly closeTime: number;
  readonly close: number;
  readonly sma200: number | null;
  readonly supertrend: SupertrendValue | null;
};

/** The second timeframe's last candle. */
type ConfirmSignals = { readonly close: number; readonly ema20: number; readonly adx14: number };

type WithMean = { readonly value: number; readonly mean: number };

/** What Trinity reads in the market at the last closed candle, the same for both sides. Null is unknown. */
export type TrinitySignals = {
  readonly candle: Candle;
  readonly sma200: number | null;
  readonly ema20: number | null;
  readonly atr14: number | null;
  readonly cloud: IchimokuValue | null;
  readonly cloudCross: CloudCross | null;
  readonly adx14: AdxValue | null;
  readonly rsi14: number | null;
  readonly macd: MacdValue | null;
  readonly divergence: MacdDivergence | null;
  readonly obv: WithMean | null;
  readonly volume: WithMean | null;
  readonly volumeDelta: VolumeDeltaValue | null;
  readonly bands: BandExpansionValue | null;
  readonly stochastic: { readonly now: StochasticValue; readonly before: StochasticValue } | null;
  readonly vwap: VwapValue | null;
  readonly confirm: ConfirmSignals | null;
  readonly trail: readonly TrailPoint[];
};

export type TrinityMarket = {
  /** Closed, and without a long outage. */
  readonly candles: readonly Candle[];
  /** The same for the second timeframe; empty where it is unknown. */
  readonly confirmCandles: readonly Candle[];
  readonly timeframe: Timeframe;
};

/** Computes each indicator once, for both sides. Null when there is no candle. */
export const readTrinitySignals = (market: TrinityMarket): TrinitySignals | null => {
  const { candles, confirmCandles } = market;
  const candle = candles.at(-1);
  if (candle === undefined) return null;
  const closes = candles.map(({ close }) => close);
  const trail = readTrail(market, closes);
  return {
    candle,
    sma200: trail.at(-1)?.sma200 ?? null,
    ema20: lastOrNull(createEma(20), closes),
    atr14: lastOrNull(createAtr(14), candles),
    adx14: lastOrNull(createAdx(14), candles),
    rsi14: lastOrNull(createRsi(14), closes),
    bands: lastOrNull(createBandExpansion(), closes),
    vwap: lastOrNull(createVwapBands(), candles),
    volumeDelta: lastOrNull(createVolumeDelta(), candles),
    ...readVolume(candles),
    ...readCloud(candles, closes),
    ...readMacd(candles, closes),
    stochastic: readStochastic(candles),
    confirm: readConfirm(confirmCandles),
    trail,
  };
};

/** The newest value, null while the indicator warms up. */
const lastOrNull = <Input, Output>(indicator: Indicator<Input, Output>, inputs: readonly Input[]): Output | null =>
  computeLast(indicator, inputs) ?? null;

const readTrail = ({ candles, timeframe }: TrinityMarket, closes: readonly number[]): TrailPoint[] => {
  const averages = computeSeries(createSma(200), closes);
  const supertrends = computeSeries(createSupertrend(), candles);
  return candles.map((candle, index) => ({
    closeTime: candleCloseTime(candle, timeframe),
    close: candle.close,
    sma200: averages[index] ?? null,
    supertrend: supertrends[index] ?? null,
  }));
};

const readCloud = (
  candles: readonly Candle[],
  closes: readonly number[],
): Pick<TrinitySignals, "cloud" | "cloudCross"> => {
  const clouds = computeSeries(createIchimoku(), candles);
  return { cloud: clouds.at(-1) ?? null, cloudCross: findCloudCross(closes, clouds) };
};

const readMacd = (
  candles: readonly Candle[],
  closes: readonly number[],
): Pick<TrinitySignals, "macd" | "divergence"> => {
  const values = computeSeries(createMacd(), closes);
  const macd = values.at(-1) ?? null;
  const lines = values.map((value) => value?.line);
  return { macd, divergence: macd && findMacdDivergence(candles, lines) };
};

const readVolume = (candles: readonly Candle[]): Pick<TrinitySignals, "volume" | "obv"> => {
  const volumes = candles.map((candle) => candle.volume);
  const totals = computeSeries(createObv(), candles);
  return {
    volume: withMean(volumes.at(-1), computeLast(createKnownAverage(20), volumes)),
    obv: withMean(totals.at(-1), computeLast(createKnownAverage(14), totals)),
  };
};

const withMean = (value: number | null | undefined, mean: number | undefined): WithMean | null =>
  value === null || value === undefined || mean === undefined ? null : { value, mean };

const readStochastic = (candles: readonly Candle[]): TrinitySignals["stochastic"] => {
  const values = computeSeries(createStochastic(), candles);
  const now = values.at(-1);
  const before = values.at(-2);
  return now && before ? { now, before } : null;
};

const readConfirm = (candles: readonly Candle[]): ConfirmSignals | null => {
  const close = candles.at(-1)?.close;
  const ema20 = computeLast(
    createEma(20),
    candles.map((candle) => candle.close),
  );
  const adx14 = computeLast(createAdx(14), candles)?.adx;
  return close === undefined || ema20 === undefined || adx14 === undefined ? null : { close, ema20, adx14 };
};
