import { rsiOf } from "../../../market/indicators/rsi";
import { VOLUME_DELTA_CANDLES } from "../../../market/indicators/series/volume-delta-series";
import { VWAP_CANDLES } from "../../../market/indicators/series/vwap-series";
import { cloudCrossAt } from "../../analysis/cloud-cross";
import { roundScore } from "../../basis/condition-reading";
import type { SeriesRead, WindowAt } from "./signals-of-window";
import { ADJUSTMENTS } from "./trinity-adjustments";
import { THRESHOLDS, TRINITY_CATEGORIES } from "./trinity-conditions";
import { TABLE_LOOKBACKS } from "./trinity-tables";

/** The scores of both sides, and whether a trigger of each is met: as scoreTrinitySide says of the same window. */
export type WindowScores = {
  readonly long: number;
  readonly short: number;
  readonly isLongTriggered: boolean;
  readonly isShortTriggered: boolean;
};

/** Above for a long, below for a short. */
const isBeyond = (sign: 1 | -1, value: number, threshold: number): boolean =>
  sign > 0 ? value > threshold : value < threshold;

const weightOf = (category: string): number =>
  roundScore(TRINITY_CATEGORIES.find(({ name }) => name === category)?.weight ?? Number.NaN);

const WEIGHTS = {
  regime: weightOf("regime"),
  trend: weightOf("trend"),
  entry: weightOf("entry"),
  momentum: weightOf("momentum"),
  volume: weightOf("volume"),
  volatility: weightOf("volatility"),
} as const;

/** The conditions of a category in an order in which the cheap ones come first: any of them counts. */
const isTrending = ({ columns, tables, values }: SeriesRead, { at, last }: WindowAt, sign: 1 | -1): boolean => {
  const { tenkan, kijun, spanA, spanB } = tables.cloud;
  const a = spanA[last] as number;
  const b = spanB[last] as number;
  if (isBeyond(sign, columns.closes[last] as number, sign > 0 ? Math.max(a, b) : Math.min(a, b))) return true;
  if (isBeyond(sign, tenkan[last] as number, kijun[last] as number)) return true;
  const adx = values.adx14(at);
  return adx !== null && sign * Math.sign(adx.plusDi - adx.minusDi) * adx.adx > THRESHOLDS.adxStrong;
};

const isRegime = ({ columns, tables }: SeriesRead, { last }: WindowAt, sign: 1 | -1): boolean => {
  const close = columns.closes[last] as number;
  if (isBeyond(sign, close, tables.sma200[last] as number)) return true;
  const { tenkan, kijun, spanA, spanB } = tables.cloud;
  const a = spanA[last] as number;
  const b = spanB[last] as number;
  return (
    isBeyond(sign, close, sign > 0 ? Math.max(a, b) : Math.min(a, b)) &&
    isBeyond(sign, tenkan[last] as number, kijun[last] as number) &&
    isBeyond(sign, a, b)
  );
};

const isTriggered = (read: SeriesRead, { at, last, before }: WindowAt, sign: 1 | -1): boolean => {
  const { columns, tables, values } = read;
  const ema20 = values.ema20(at);
  if (isBeyond(sign, columns.closes[last] as number, ema20)) {
    const { pullbackFraction, pullbackAtrShare } = THRESHOLDS;
    const depth = Math.max(ema20 * pullbackFraction, values.atr14(at) * pullbackAtrShare);
    const hasDipped =
      sign > 0 ? (columns.lows[last] as number) <= ema20 - depth : (columns.highs[last] as number) >= ema20 + depth;
    if (hasDipped) return true;
  }
  if (tables.cloudSides.sides[last] !== sign) return false;
  const warm = last - before + TABLE_LOOKBACKS.cloud;
  return cloudCrossAt(tables.cloudSides, { last, warm }) === (sign > 0 ? "up" : "down");
};

type Macd = ReturnType<SeriesRead["values"]["macd"]>;

const hasMomentum = (
  { tables, values }: SeriesRead,
  { at, last, known, macd }: WindowAt & { readonly known: number; readonly macd: Macd },
  sign: 1 | -1,
): boolean => {
  if (known >= VOLUME_DELTA_CANDLES && isBeyond(sign, tables.volumeDelta.cumulative[last] as number, 0)) return true;
  if (macd !== null && isBeyond(sign, macd.line, macd.signal)) return true;
  const obv = values.obv(at);
  if (isBeyond(sign, obv.total, obv.mean)) return true;
  const rsi = rsiOf(values.gains14(at), values.losses14(at));
  return sign > 0 ? rsi < THRESHOLDS.rsiOversold : rsi > THRESHOLDS.rsiOverbought;
};

const hasVolume = ({ columns, tables }: SeriesRead, last: number, known: number): boolean => {
  const { bar, sigma } = tables.volumeDelta;
  return (
    (known > TABLE_LOOKBACKS.volumeMeans && (columns.volumes[last] as number) > (tables.volumeMeans[last] as number)) ||
    (known >= VOLUME_DELTA_CANDLES && Math.abs(bar[last] as number) > THRESHOLDS.surgeSigmas * (sigma[last] as number))
  );
};

const isVolatile = (read: SeriesRead, { at, last, known }: WindowAt & { readonly known: number }, sign: 1 | -1) => {
  const { bands, stochastic, vwap: vwaps, volumeDelta } = read.tables;
  if ((bands.bandwidth[last] as number) > THRESHOLDS.expansionFactor * (bands.median[last] as number)) return true;
  const { k, d } = stochastic;
  const wasBehind = sign * (k[last - 1] as number) <= sign * (d[last - 1] as number);
  if (wasBehind && sign * (k[last] as number) > sign * (d[last] as number)) return true;
  const vwap = vwaps[last] as number;
  const isKnown = known >= VWAP_CANDLES && !Number.isNaN(vwap);
  if (isKnown && isBeyond(sign, read.columns.closes[last] as number, vwap + sign * read.values.atr14(at))) return true;
  const { recent, recentRange, sigma } = volumeDelta;
  return (
    known >= VOLUME_DELTA_CANDLES &&
    (recentRange[last] as number) < THRESHOLDS.quietRangeFraction &&
    sign * (recent[last] as number) > THRESHOLDS.surgeSigmas * (sigma[last] as number)
  );
};

/** `confirm`: ADX14 of the second timeframe with the sign of the side it speaks for; NaN: unknown. */
const adjust = (base: number, confirm: number, { own, other }: { readonly own: boolean; readonly other: boolean }) => {
  const { confirmAdxMin, agreement, divergence, oppositionFactor } = ADJUSTMENTS;
  let score = base;
  if (confirm > confirmAdxMin) score += agreement;
  if (own) score += divergence;
  if (other) score -= divergence;
  if (confirm < -confirmAdxMin) score += roundScore(score * (oppositionFactor - 1));
  return roundScore(Math.min(1, Math.max(0, score)));
};

/**
 * Scores both sides of a window of at least `trinityCandlesNeeded` candles by numbers alone, without a reading or a line
 * of evidence. `confirm`: ADX14 of the second timeframe, negative where its close is below its EMA20; NaN: unknown.
 */
export const scoreTrinityWindow = (read: SeriesRead, window: WindowAt, confirm: number): WindowScores => {
  const { at, last, before } = window;
  const macd = read.values.macd(at);
  const known = Math.min(read.columns.knownVolumes[last] as number, before + 1);
  const asked = { at, last, before, known, macd };
  const volume = hasVolume(read, last, known) ? WEIGHTS.volume : 0;
  const isLongTriggered = isTriggered(read, window, 1);
  const isShortTriggered = isTriggered(read, window, -1);
  const baseOf = (sign: 1 | -1, isMet: boolean): number => {
    let base = 0;
    if (isRegime(read, window, sign)) base += WEIGHTS.regime;
    if (isTrending(read, window, sign)) base += WEIGHTS.trend;
    if (isMet) base += WEIGHTS.entry;
    if (hasMomentum(read, asked, sign)) base += WEIGHTS.momentum;
    base += volume;
    return isVolatile(read, asked, sign) ? base + WEIGHTS.volatility : base;
  };
  const bullish = macd?.divergence.bullish === "regular";
  const bearish = macd?.divergence.bearish === "regular";
  return {
    long: adjust(baseOf(1, isLongTriggered), confirm, { own: bullish, other: bearish }),
    short: adjust(baseOf(-1, isShortTriggered), -confirm, { own: bearish, other: bullish }),
    isLongTriggered,
    isShortTriggered,
  };
};
