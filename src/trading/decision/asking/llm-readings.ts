import { z } from "zod";
import type { Candle } from "../../market/candle";
import { contiguousTail } from "../../market/decision-window";
import { HOUR_MS } from "../../market/duration";
import { createAtr } from "../../market/indicators/atr";
import { createEma } from "../../market/indicators/ema";
import { createFairValueGaps } from "../../market/indicators/fair-value-gap";
import { computeLast } from "../../market/indicators/indicator";
import { createMacd } from "../../market/indicators/macd";
import { createRangePosition } from "../../market/indicators/range-position";
import { createRealisedVolatility } from "../../market/indicators/realised-volatility";
import { createRsi } from "../../market/indicators/rsi";
import { createSupertrend } from "../../market/indicators/supertrend";
import { createSupportResistance, LEVEL_WINDOW } from "../../market/indicators/support-resistance";
import { TIMEFRAMES, timeframeMs, type Timeframe } from "../../market/timeframe";

const known = z.number().nullable();
const levelSchema = z.object({ price: z.number(), touches: z.number().int(), distance: z.number() });
const gapSchema = z.object({
  side: z.enum(["bullish", "bearish"]),
  low: z.number(),
  high: z.number(),
  age: z.number().int(),
  state: z.enum(["open", "touched"]),
});

/** What is read of one timeframe at its last closed candle; null is unknown. Changes and shares are fractions. */
const frameSchema = z.object({
  timeframe: z.enum(TIMEFRAMES),
  /** Closed candles since the last long outage. */
  candles: z.number().int(),
  close: z.number(),
  change: known,
  ema20: known,
  ema50: known,
  rsi14: known,
  macdHistogram: known,
  atr14: known,
  rangePosition: known,
  rangeHigh: known,
  rangeLow: known,
  volumeShare: known,
});
export type FrameReading = z.infer<typeof frameSchema>;

/** What an analysis of the mode keeps: what the model is shown of a market, without position and owner. */
export const llmReadingsSchema = z.object({
  /** The decision timeframe first; none where no candle of it had closed. */
  frames: z.array(frameSchema),
  change24h: known,
  high4h: known,
  low4h: known,
  /** Realised volatility of a day, a fraction. */
  dailyVolatility: known,
  supertrend: z.object({ direction: z.enum(["up", "down"]), value: z.number() }).nullable(),
  gaps: z.array(gapSchema),
  supports: z.array(levelSchema),
  resistances: z.array(levelSchema),
});
export type LlmReadings = z.infer<typeof llmReadingsSchema>;

/** Long enough for EMA50 to forget where it began, and for the pivots of support and resistance. */
export const LLM_WINDOW = 250;
const RANGE_CANDLES = 20;
const GAPS_MAX = 3;
const LEVELS_MAX = 2;
const VOLATILITY_RETURNS = 30;
const DAYS_PER_YEAR = 365;

const extremesOf = (candles: readonly Candle[], count: number | null) => {
  if (count === null) return { high: null, low: null };
  const last = candles.slice(-count);
  const isWhole = last.length === count;
  return {
    high: isWhole ? Math.max(...last.map(({ high }) => high)) : null,
    low: isWhole ? Math.min(...last.map(({ low }) => low)) : null,
  };
};

/** The last volume over the mean of the 20 before it; null where one of them is unknown. */
const volumeShareOf = (candles: readonly Candle[]): number | null => {
  const volumes = candles.slice(-RANGE_CANDLES - 1).map(({ volume }) => volume);
  const last = volumes.at(-1);
  const before = volumes.slice(0, -1).filter((volume) => volume !== null);
  if (last === undefined || last === null || before.length < RANGE_CANDLES) return null;
  const mean = before.reduce((sum, volume) => sum + volume, 0) / before.length;
  return mean > 0 ? last / mean : null;
};

/** The closed candles that make up so many hours; null: no whole number of them does, and another span is not theirs. */
const candlesOf = (hours: number, timeframe: Timeframe): number | null => {
  const count = (hours * HOUR_MS) / timeframeMs(timeframe);
  return Number.isInteger(count) ? count : null;
};

const changeSince = (candles: readonly Candle[], count: number | null): number | null => {
  if (count === null) return null;
  const [from, to] = [candles.at(-1 - count), candles.at(-1)];
  return from && to ? to.close / from.close - 1 : null;
};

const readFrame = (timeframe: Timeframe, candles: readonly Candle[]): FrameReading | null => {
  const last = candles.at(-1);
  if (!last) return null;
  const closes = candles.map(({ close }) => close);
  const range = extremesOf(candles, RANGE_CANDLES);
  return {
    timeframe,
    candles: candles.length,
    close: last.close,
    change: changeSince(candles, 1),
    ema20: computeLast(createEma(20), closes) ?? null,
    ema50: computeLast(createEma(50), closes) ?? null,
    rsi14: computeLast(createRsi(14), closes) ?? null,
    macdHistogram: computeLast(createMacd(), closes)?.histogram ?? null,
    atr14: computeLast(createAtr(14), candles) ?? null,
    rangePosition: computeLast(createRangePosition(RANGE_CANDLES), candles.slice(-RANGE_CANDLES)) ?? null,
    rangeHigh: range.high,
    rangeLow: range.low,
    volumeShare: volumeShareOf(candles),
  };
};

const readStructure = (
  candles: readonly Candle[],
): Pick<LlmReadings, "gaps" | "supports" | "resistances" | "supertrend"> => {
  const levels = computeLast(createSupportResistance(), candles.slice(-LEVEL_WINDOW));
  const near = (all: readonly { price: number; touches: number; distance: number }[] = []) =>
    all.slice(0, LEVELS_MAX).map(({ price, touches, distance }) => ({ price, touches, distance }));
  const gaps = (computeLast(createFairValueGaps(), candles) ?? []).flatMap(({ side, low, high, age, state }) =>
    state === "filled" ? [] : [{ side, low, high, age, state }],
  );
  return {
    gaps: gaps.slice(0, GAPS_MAX),
    supports: near(levels?.supports),
    resistances: near(levels?.resistances),
    supertrend: computeLast(createSupertrend(10, 3), candles) ?? null,
  };
};

const volatilityOf = ({ timeframe, candles }: LlmSeries[number]): number | null => {
  const closes = candles.slice(-VOLATILITY_RETURNS - 1).map(({ close }) => close);
  const yearly = computeLast(createRealisedVolatility(VOLATILITY_RETURNS, timeframe), closes);
  return yearly === undefined ? null : yearly / Math.sqrt(DAYS_PER_YEAR);
};

export type LlmSeries = readonly { readonly timeframe: Timeframe; readonly candles: readonly Candle[] }[];

/** What the model is shown of a market: of its closed candles, the decision timeframe first. */
export const readLlmMarket = (series: LlmSeries): LlmReadings => {
  const whole = series.map(({ timeframe, candles }) => ({ timeframe, candles: contiguousTail(candles, timeframe) }));
  const [decision] = whole;
  const candles = decision?.candles ?? [];
  const frames = whole.flatMap((part) => readFrame(part.timeframe, part.candles) ?? []);
  const timeframe = decision?.timeframe ?? "1h";
  const extremes = extremesOf(candles, candlesOf(4, timeframe));
  return {
    frames: candles.length === 0 ? [] : frames,
    change24h: changeSince(candles, candlesOf(24, timeframe)),
    high4h: extremes.high,
    low4h: extremes.low,
    dailyVolatility: decision ? volatilityOf(decision) : null,
    ...readStructure(candles),
  };
};

/** Whether a market is known well enough to be asked about: a question about nothing costs as much as any other. */
export const isWarm = ({ frames: [decision] }: LlmReadings): boolean =>
  typeof decision?.ema50 === "number" && typeof decision.atr14 === "number";
