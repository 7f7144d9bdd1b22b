import { rsiOf } from "../../../market/indicators/rsi";
import { VOLUME_DELTA_CANDLES } from "../../../market/indicators/series/volume-delta-series";
import { VWAP_CANDLES } from "../../../market/indicators/series/vwap-series";
import { cloudCrossAt } from "../../analysis/cloud-cross";
import { roundScore } from "../../basis/condition-reading";
import type { SeriesRead, WindowAt } from "./signals-of-window";
import { ADJUSTMENTS } from "./trinity-adjustments";
import { THRESHOLDS, TRINITY_CATEGORIES } from "./trinity-conditions";
import type { ConfirmSignals } from "./trinity-signals";
import { TABLE_LOOKBACKS } from "./trinity-tables";
import { trinityCandlesNeeded } from "./trinity-warm-up";

/** The scores of both sides, and whether a trigger of each is met: as scoreTrinitySide says of the same window. */
type WindowScores = {
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

/** Whether a category counts for a side at the last candle of a window. */
type IsMet = (window: WindowAt, sign: 1 | -1) => boolean;

const createIsRegime = ({ columns: { closes }, tables: { sma200, cloud } }: SeriesRead): IsMet => {
  const { tenkan, kijun, spanA, spanB } = cloud;
  return ({ last }, sign) => {
    const close = closes[last] as number;
    if (isBeyond(sign, close, sma200[last] as number)) return true;
    const a = spanA[last] as number;
    const b = spanB[last] as number;
    return (
      isBeyond(sign, a, b) &&
      isBeyond(sign, close, sign > 0 ? Math.max(a, b) : Math.min(a, b)) &&
      isBeyond(sign, tenkan[last] as number, kijun[last] as number)
    );
  };
};

const createIsTrend = ({ columns: { closes }, tables: { cloud }, values: { adx14 } }: SeriesRead): IsMet => {
  const { tenkan, kijun, spanA, spanB } = cloud;
  return ({ at, last }, sign) => {
    if (isBeyond(sign, tenkan[last] as number, kijun[last] as number)) return true;
    const a = spanA[last] as number;
    const b = spanB[last] as number;
    if (isBeyond(sign, closes[last] as number, sign > 0 ? Math.max(a, b) : Math.min(a, b))) return true;
    const adx = adx14(at);
    return adx !== null && sign * Math.sign(adx.plusDi - adx.minusDi) * adx.adx > THRESHOLDS.adxStrong;
  };
};

const createIsTriggered = ({ columns, tables: { cloudSides }, values: { ema20, atr14 } }: SeriesRead): IsMet => {
  const { closes, highs, lows } = columns;
  const { sides } = cloudSides;
  return ({ at, last, before }, sign) => {
    const average = ema20(at);
    if (isBeyond(sign, closes[last] as number, average)) {
      const depth = Math.max(average * THRESHOLDS.pullbackFraction, atr14(at) * THRESHOLDS.pullbackAtrShare);
      const hasDipped =
        sign > 0 ? (lows[last] as number) <= average - depth : (highs[last] as number) >= average + depth;
      if (hasDipped) return true;
    }
    if (sides[last] !== sign) return false;
    return (
      cloudCrossAt(cloudSides, { last, warm: last - before + TABLE_LOOKBACKS.cloud }) === (sign > 0 ? "up" : "down")
    );
  };
};

type Macd = ReturnType<SeriesRead["values"]["macd"]>;

type Asked = { readonly window: WindowAt; readonly known: number; readonly macd: Macd; readonly volume: number };

const createHasMomentum = ({ tables, values }: SeriesRead) => {
  const { cumulative } = tables.volumeDelta;
  const { obv, gains14, losses14 } = values;
  return ({ window: { at, last }, known, macd }: Asked, sign: 1 | -1): boolean => {
    if (known >= VOLUME_DELTA_CANDLES && isBeyond(sign, cumulative[last] as number, 0)) return true;
    if (macd !== null && isBeyond(sign, macd.line, macd.signal)) return true;
    const { total, mean } = obv(at);
    if (isBeyond(sign, total, mean)) return true;
    const rsi = rsiOf(gains14(at), losses14(at));
    return sign > 0 ? rsi < THRESHOLDS.rsiOversold : rsi > THRESHOLDS.rsiOverbought;
  };
};

const createHasVolume = ({ columns: { volumes }, tables: { volumeDelta, volumeMeans } }: SeriesRead) => {
  const { bar, sigma } = volumeDelta;
  return (last: number, known: number): boolean =>
    (known > TABLE_LOOKBACKS.volumeMeans && (volumes[last] as number) > (volumeMeans[last] as number)) ||
    (known >= VOLUME_DELTA_CANDLES && Math.abs(bar[last] as number) > THRESHOLDS.surgeSigmas * (sigma[last] as number));
};

const createIsVolatile = ({ columns: { closes }, tables, values: { atr14 } }: SeriesRead) => {
  const { bandwidth, median } = tables.bands;
  const { k, d } = tables.stochastic;
  const { recent, recentRange, sigma } = tables.volumeDelta;
  const { vwap: vwaps } = tables;
  return ({ at, last }: WindowAt, sign: 1 | -1, known: number): boolean => {
    if ((bandwidth[last] as number) > THRESHOLDS.expansionFactor * (median[last] as number)) return true;
    const wasBehind = sign * (k[last - 1] as number) <= sign * (d[last - 1] as number);
    if (wasBehind && sign * (k[last] as number) > sign * (d[last] as number)) return true;
    if (known < VWAP_CANDLES) return false;
    const vwap = vwaps[last] as number;
    if (isBeyond(sign, closes[last] as number, vwap + sign * atr14(at))) return true;
    return (
      (recentRange[last] as number) < THRESHOLDS.quietRangeFraction &&
      sign * (recent[last] as number) > THRESHOLDS.surgeSigmas * (sigma[last] as number)
    );
  };
};

/** Whether all that depends on a number of candles is known in a window, so that it can be scored by numbers. */
export const isScorable = ({ before }: WindowAt): boolean => before + 1 >= trinityCandlesNeeded();

export type ScoreWindow = (window: WindowAt, confirm: ConfirmSignals | null) => WindowScores;

/** ADX14 of the second timeframe with the sign of the side that it speaks for; NaN: unknown. */
const directionOf = (confirm: ConfirmSignals | null): number =>
  confirm === null ? Number.NaN : Math.sign(confirm.close - confirm.ema20) * confirm.adx14;

/**
 * Scores both sides of a window that is scorable by numbers alone, without a reading or a line of evidence. Each category
 * asks its cheap conditions first: any of them counts.
 */
export const createWindowScorer = (read: SeriesRead): ScoreWindow => {
  const { knownVolumes } = read.columns;
  const { macd: macdAt } = read.values;
  const [isRegime, isTrend, isTriggered] = [createIsRegime(read), createIsTrend(read), createIsTriggered(read)];
  const [hasMomentum, hasVolume, isVolatile] = [createHasMomentum(read), createHasVolume(read), createIsVolatile(read)];
  const baseOf = (asked: Asked, sign: 1 | -1, isMet: boolean): number => {
    const { window, known, volume } = asked;
    let base = isRegime(window, sign) ? WEIGHTS.regime : 0;
    if (isTrend(window, sign)) base += WEIGHTS.trend;
    if (isMet) base += WEIGHTS.entry;
    if (hasMomentum(asked, sign)) base += WEIGHTS.momentum;
    base += volume;
    return isVolatile(window, sign, known) ? base + WEIGHTS.volatility : base;
  };
  return (window, confirmed) => {
    const confirm = directionOf(confirmed);
    const { at, last, before } = window;
    const macd = macdAt(at);
    const known = Math.min(knownVolumes[last] as number, before + 1);
    const asked = { window, known, macd, volume: hasVolume(last, known) ? WEIGHTS.volume : 0 };
    const isLongTriggered = isTriggered(window, 1);
    const isShortTriggered = isTriggered(window, -1);
    const bullish = macd?.divergence.bullish === "regular";
    const bearish = macd?.divergence.bearish === "regular";
    return {
      long: adjust(baseOf(asked, 1, isLongTriggered), confirm, { own: bullish, other: bearish }),
      short: adjust(baseOf(asked, -1, isShortTriggered), -confirm, { own: bearish, other: bullish }),
      isLongTriggered,
      isShortTriggered,
    };
  };
};
