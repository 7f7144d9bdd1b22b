import type { Candle } from "../../../../market/candle";
import { createAdx } from "../../../../market/indicators/adx";
import { createAtr } from "../../../../market/indicators/atr";
import { createBandExpansion } from "../../../../market/indicators/band-expansion";
import { createEma } from "../../../../market/indicators/ema";
import { createIchimoku } from "../../../../market/indicators/ichimoku";
import { computeLast, computeSeries } from "../../../../market/indicators/indicator";
import { createKnownAverage } from "../../../../market/indicators/known-average";
import { createMacd } from "../../../../market/indicators/macd";
import { createObv } from "../../../../market/indicators/obv";
import { createRsi } from "../../../../market/indicators/rsi";
import { createSma } from "../../../../market/indicators/sma";
import { createStochastic } from "../../../../market/indicators/stochastic";
import { createSupertrend } from "../../../../market/indicators/supertrend";
import { createVolumeDelta } from "../../../../market/indicators/volume-delta";
import { createVwapBands } from "../../../../market/indicators/vwap-bands";
import { cloudCrossAt, toCloudSides } from "../../../analysis/cloud-cross";
import { findMacdDivergence } from "../../../analysis/macd-divergence";
import type { TrinitySignals } from "../trinity-signals";

const HOUR_MS = 3_600_000;

type Turn = TrinitySignals["turns"]["sma200"];

/** Where each candle stands, null where the line is not known; the turn is after the last one on the other side. */
const turnOf = (candles: readonly Candle[], standings: readonly Turn["standing"][]): Turn => {
  const standing = standings.at(-1) ?? null;
  if (standing === null || standing === "on") return { standing, turnedAt: null };
  const turned = standings.lastIndexOf(standing === "above" ? "below" : "above") + 1;
  return { standing, turnedAt: turned === 0 ? null : (candles[turned]?.openTime ?? 0) + HOUR_MS };
};

const withMean = (value: number | null | undefined, mean: number | undefined) =>
  value === null || value === undefined || mean === undefined ? null : { value, mean };

const readVolumes = (candles: readonly Candle[]) => {
  const volumes = candles.map(({ volume }) => volume);
  const totals = computeSeries(createObv(), candles);
  return {
    volume: withMean(volumes.at(-1), computeLast(createKnownAverage(20), volumes)),
    obv: withMean(totals.at(-1), computeLast(createKnownAverage(14), totals)),
    volumeDelta: computeLast(createVolumeDelta(), candles) ?? null,
    vwap: computeLast(createVwapBands(), candles) ?? null,
  };
};

const readClouds = (candles: readonly Candle[], closes: readonly number[]) => {
  const clouds = computeSeries(createIchimoku(), candles);
  const warm = clouds.findIndex((cloud) => cloud !== undefined);
  const spans = { spanA: clouds.map((cloud) => cloud?.spanA ?? 0), spanB: clouds.map((cloud) => cloud?.spanB ?? 0) };
  const last = candles.length - 1;
  const sides = toCloudSides(closes, spans);
  return { cloud: clouds.at(-1) ?? null, cloudCross: warm === -1 ? null : cloudCrossAt(sides, { last, warm }) };
};

const readConfirm = (candles: readonly Candle[]): TrinitySignals["confirm"] => {
  const closes = candles.map(({ close }) => close);
  const [close, ema20] = [closes.at(-1), computeLast(createEma(20), closes)];
  const adx14 = computeLast(createAdx(14), candles)?.adx;
  return close === undefined || ema20 === undefined || adx14 === undefined ? null : { close, ema20, adx14 };
};

const readTurns = (candles: readonly Candle[], closes: readonly number[]) => {
  const averages = computeSeries(createSma(200), closes);
  const supertrends = computeSeries(createSupertrend(), candles);
  const toAverage = averages.map((average, index) => {
    const close = closes[index] ?? Number.NaN;
    if (average === undefined || close === average) return average === undefined ? null : "on";
    return close > average ? "above" : "below";
  });
  const trends = supertrends.map((value) => value && (value.direction === "up" ? "above" : "below"));
  return {
    sma200: averages.at(-1) ?? null,
    supertrend: supertrends.at(-1)?.value ?? null,
    turns: {
      sma200: turnOf(candles, toAverage),
      supertrend: turnOf(
        candles,
        trends.map((trend) => trend ?? null),
      ),
    },
  };
};

/** What is read, by the indicators that are fed one candle at a time. */
export const readByIndicators = (candles: readonly Candle[], confirm: readonly Candle[]): TrinitySignals | null => {
  const candle = candles.at(-1);
  if (candle === undefined) return null;
  const closes = candles.map(({ close }) => close);
  const macds = computeSeries(createMacd(), closes);
  const stochastics = computeSeries(createStochastic(), candles);
  const [now, before] = [stochastics.at(-1), stochastics.at(-2)];
  const divergence = findMacdDivergence(
    candles,
    macds.map((value) => value?.line),
  );
  return {
    candle,
    ema20: computeLast(createEma(20), closes) ?? null,
    atr14: computeLast(createAtr(14), candles) ?? null,
    adx14: computeLast(createAdx(14), candles) ?? null,
    rsi14: computeLast(createRsi(14), closes) ?? null,
    bands: computeLast(createBandExpansion(), closes) ?? null,
    macd: macds.at(-1) ?? null,
    divergence: macds.at(-1) ? divergence : null,
    stochastic: now && before ? { now, before } : null,
    confirm: readConfirm(confirm),
    ...readVolumes(candles),
    ...readClouds(candles, closes),
    ...readTurns(candles, closes),
  };
};
