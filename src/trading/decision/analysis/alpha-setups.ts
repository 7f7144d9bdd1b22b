import { allOf, anyOf, compare, type Condition, type Truth } from "./condition";
import { FUNDING_ELEVATED, FUNDING_EXTREME } from "./funding-thresholds";
import type { NarrativeReading } from "./classify-narrative";

/**
 * One pair at its last closed candle; null is unknown. Prices are quote per base, `high4h` and `low4h` the extremes of
 * the last 4 hours, `rangePosition` 0..1 and `change24h` fractions, `rsi14` 0..100, `fundingRate` a fraction per 8 h.
 * `narrative` is the newest one's reading, or "none" where there is no news.
 */
export type AlphaReadings = {
  readonly close: number;
  readonly ema20: number | null;
  readonly ema50: number | null;
  readonly rsi14: number | null;
  readonly rangePosition: number | null;
  readonly high4h: number | null;
  readonly low4h: number | null;
  readonly change24h: number | null;
  readonly fundingRate: number | null;
  readonly narrative: NarrativeReading | "none" | null;
};

type SetupSide = "bullish" | "bearish" | "neutral" | "unknown";

/** `target` is a range of prices, `invalidation` the price beyond which the setup is wrong; null where unknown or none. */
export type AlphaSetup = {
  readonly code: "trend" | "mean-reversion" | "microstructure";
  readonly side: SetupSide;
  readonly weight: number;
  readonly target: { readonly from: number; readonly to: number } | null;
  readonly invalidation: { readonly price: number; readonly when: "below" | "above" } | null;
  readonly bullish: readonly Condition[];
  readonly bearish: readonly Condition[];
};

type LatentRisk = {
  readonly code: "large-move" | "impulse-news" | "rsi-extreme" | "funding-extreme";
  readonly met: Truth;
};

/** `bias` is the side with more weight, unknown where the setups that are unknown could turn it. */
export type AlphaMenu = {
  readonly setups: readonly AlphaSetup[];
  readonly bias: SetupSide;
  readonly risks: readonly LatentRisk[];
};

const TREND_TARGET = 0.03;
const FUNDING_TARGET = { near: 0.02, far: 0.05 };
const RSI = { low: 30, high: 70 };
const RANGE = { low: 0.15, high: 0.85 };
const RISK = { move: 0.1, rsiHigh: 80, rsiLow: 20 };

/** Three hypotheses for one pair, each for both sides, the bias they add up to and what could spoil them. */
export const findAlphaSetups = (readings: AlphaReadings): AlphaMenu => {
  const setups = [readTrend(readings), readReversion(readings), readMicrostructure(readings)];
  return { setups, bias: addBias(setups), risks: findRisks(readings) };
};

const readTrend = (readings: AlphaReadings): AlphaSetup => {
  const { close, ema20, ema50 } = readings;
  const compareBoth = (operator: "<" | ">"): Condition[] => [
    compare({ condition: "close-and-ema20", value: close, operator, threshold: ema20 }),
    compare({ condition: "ema20-and-ema50", value: ema20, operator, threshold: ema50 }),
  ];
  const [bullish, bearish] = [compareBoth(">"), compareBoth("<")];
  const side = chooseSide(allOf(bullish.map(({ met }) => met)), allOf(bearish.map(({ met }) => met)));
  const extreme = side === "bullish" ? readings.high4h : readings.low4h;
  const sign = side === "bullish" ? 1 : -1;
  const target = isSided(side) && extreme !== null ? priceRange(extreme, close * (1 + sign * TREND_TARGET)) : null;
  return { code: "trend", side, weight: 2, target, invalidation: invalidationOf(side, readings), bullish, bearish };
};

const readReversion = (readings: AlphaReadings): AlphaSetup => {
  const { close, rsi14, rangePosition, ema20 } = readings;
  const compareBoth = (operator: "<" | ">", end: "low" | "high"): Condition[] => [
    compare({ condition: "rsi14", value: rsi14, operator, threshold: RSI[end] }),
    compare({ condition: "range-position", value: rangePosition, operator, threshold: RANGE[end] }),
  ];
  const [bullish, bearish] = [compareBoth("<", "low"), compareBoth(">", "high")];
  const side = chooseSide(anyOf(bullish.map(({ met }) => met)), anyOf(bearish.map(({ met }) => met)));
  // The mean that price would revert to; none where price is already beyond it.
  const isAhead = ema20 !== null && (side === "bullish" ? ema20 > close : ema20 < close);
  const target = isSided(side) && isAhead ? priceRange(ema20, ema20) : null;
  const invalidation = invalidationOf(side, readings);
  return { code: "mean-reversion", side, weight: 1, target, invalidation, bullish, bearish };
};

const readMicrostructure = (readings: AlphaReadings): AlphaSetup => {
  const { close, fundingRate } = readings;
  const bullish = [
    compare({ condition: "funding-rate", value: fundingRate, operator: "<", threshold: -FUNDING_ELEVATED }),
    newsCondition(readings, "absorption", "bullish"),
  ];
  const bearish = [
    compare({ condition: "funding-rate", value: fundingRate, operator: ">", threshold: FUNDING_ELEVATED }),
    newsCondition(readings, "distribution", "bearish"),
  ];
  const side = chooseSide(anyOf(bullish.map(({ met }) => met)), anyOf(bearish.map(({ met }) => met)));
  const sign = side === "bullish" ? 1 : -1;
  const target = isSided(side)
    ? priceRange(close * (1 + sign * FUNDING_TARGET.near), close * (1 + sign * FUNDING_TARGET.far))
    : null;
  const invalidation = invalidationOf(side, readings);
  return { code: "microstructure", side, weight: 1.5, target, invalidation, bullish, bearish };
};

/** Whether the news was taken the other way by price: bad news that did not sink it, good news that did not lift it. */
const newsCondition = (
  { narrative }: AlphaReadings,
  kind: NarrativeReading["kind"],
  bias: NarrativeReading["bias"],
): Condition => {
  const isKind =
    narrative === null || narrative === "none" ? false : narrative.kind === kind && narrative.bias === bias;
  const isUnknown = narrative === null || (narrative !== "none" && narrative.kind === "unknown");
  return compare({ condition: kind, value: isUnknown ? null : Number(isKind), operator: ">", threshold: 0 });
};

const isSided = (side: SetupSide): boolean => side === "bullish" || side === "bearish";

/** A side that is met counts also where the other one is unknown; both met say nothing. */
const chooseSide = (bullish: Truth, bearish: Truth): SetupSide => {
  if (bullish === true && bearish === true) return "neutral";
  if (bullish === true) return "bullish";
  if (bearish === true) return "bearish";
  return bullish === null || bearish === null ? "unknown" : "neutral";
};

const priceRange = (first: number, second: number) => ({
  from: Math.min(first, second),
  to: Math.max(first, second),
});

const invalidationOf = (side: SetupSide, { high4h, low4h }: AlphaReadings): AlphaSetup["invalidation"] => {
  if (side === "bullish" && low4h !== null) return { price: low4h, when: "below" };
  return side === "bearish" && high4h !== null ? { price: high4h, when: "above" } : null;
};

const addBias = (setups: readonly AlphaSetup[]): SetupSide => {
  const weightOf = (side: SetupSide): number =>
    setups.reduce((sum, setup) => (setup.side === side ? sum + setup.weight : sum), 0);
  const [bullish, bearish, unknown] = [weightOf("bullish"), weightOf("bearish"), weightOf("unknown")];
  if (unknown > 0 && Math.abs(bullish - bearish) <= unknown) return "unknown";
  if (bullish === bearish) return "neutral";
  return bullish > bearish ? "bullish" : "bearish";
};

const findRisks = ({ change24h, rsi14, fundingRate, narrative }: AlphaReadings): LatentRisk[] => {
  const beyond = (value: number | null, isBeyond: (value: number) => boolean): Truth =>
    value === null ? null : isBeyond(value);
  const kind = narrative === "none" || narrative === null ? narrative : narrative.kind;
  return [
    { code: "large-move", met: beyond(change24h, (change) => Math.abs(change) > RISK.move) },
    { code: "impulse-news", met: kind === null || kind === "unknown" ? null : kind === "impulse" },
    { code: "rsi-extreme", met: beyond(rsi14, (rsi) => rsi > RISK.rsiHigh || rsi < RISK.rsiLow) },
    { code: "funding-extreme", met: beyond(fundingRate, (rate) => Math.abs(rate) > FUNDING_EXTREME) },
  ];
};
