import type { Candle } from "../candle";
import { createAtr } from "./atr";
import { checkMultiple, checkPeriod } from "./check-indicator-input";
import { computeLast, type Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";
import { checkHighLowClose } from "./true-range";
import { meanOf } from "./window-statistics";

/** A price at which several pivots turned. `distance` from the close in ATRs, 0 or more; `lastTouch` in ms UTC. */
export type PriceLevel = {
  readonly price: number;
  readonly touches: number;
  readonly distance: number;
  readonly lastTouch: number;
};

/** The levels at or below the close and above it, nearest first. */
export type PriceLevels = { readonly supports: readonly PriceLevel[]; readonly resistances: readonly PriceLevel[] };

/** `window` and `wing` count candles, `width` (of a cluster) is in ATRs. */
export type LevelSettings = {
  readonly window: number;
  readonly wing: number;
  readonly width: number;
  readonly touchesMin: number;
};

/** Candles that the standard levels read: whoever asks for the last levels alone need not pass more. */
export const LEVEL_WINDOW = 120;
const STANDARD_SETTINGS: LevelSettings = { window: LEVEL_WINDOW, wing: 3, width: 0.5, touchesMin: 2 };
const ATR_PERIOD = 14;

type Pivot = { readonly price: number; readonly openTime: number };

/** The smallest window in which a pivot and an ATR fit. */
const smallestWindow = (wing: number): number => Math.max(2 * wing + 1, ATR_PERIOD + 1);

/**
 * Support and resistance: pivots (highs above, or lows below, all of `wing` candles on both sides, so confirmed by
 * closed candles) within `width` ATR14 of one another make one level. Tops and bottoms count alike, because a broken
 * resistance becomes a support. Reads its window alone, also for the ATR. Lookback window - 1.
 */
export const createSupportResistance = (
  settings: LevelSettings = STANDARD_SETTINGS,
): Indicator<Candle, PriceLevels> => {
  checkPeriod("a pivot's wing", settings.wing);
  checkPeriod("a level's touches", settings.touchesMin);
  checkMultiple("a level's width", settings.width);
  if (settings.window < smallestWindow(settings.wing)) {
    throw new RangeError(
      `the window of price levels must be at least ${smallestWindow(settings.wing)} candles, was ${settings.window}`,
    );
  }
  const window = createRollingWindow<Candle>(settings.window);
  return {
    next(candle) {
      checkHighLowClose(candle);
      const candles = window.push(candle);
      return candles && findLevels(candles, candle.close, settings);
    },
  };
};

const findLevels = (candles: readonly Candle[], close: number, settings: LevelSettings): PriceLevels => {
  const atr = computeLast(createAtr(ATR_PERIOD), candles) ?? 0;
  // A market that never moved has no pivots, so nothing is divided by an ATR of 0.
  const levels = clusterPivots(findPivots(candles, settings.wing), settings.width * atr)
    .filter((pivots) => pivots.length >= settings.touchesMin)
    .map((pivots) => toLevel(pivots, close, atr));
  const byDistance = (left: PriceLevel, right: PriceLevel): number => left.distance - right.distance;
  return {
    supports: levels.filter((level) => level.price <= close).toSorted(byDistance),
    resistances: levels.filter((level) => level.price > close).toSorted(byDistance),
  };
};

const findPivots = (candles: readonly Candle[], wing: number): Pivot[] => {
  const pivots: Pivot[] = [];
  for (let index = wing; index < candles.length - wing; index += 1) {
    const candle = candles[index];
    if (candle === undefined) continue;
    const beside = [...candles.slice(index - wing, index), ...candles.slice(index + 1, index + wing + 1)];
    const { openTime, high, low } = candle;
    if (beside.every((other) => other.high < high)) pivots.push({ price: high, openTime });
    if (beside.every((other) => other.low > low)) pivots.push({ price: low, openTime });
  }
  return pivots;
};

/** From the lowest pivot up: a cluster is never wider than `width`, so that it cannot chain through a whole range. */
const clusterPivots = (pivots: readonly Pivot[], width: number): Pivot[][] => {
  const clusters: Pivot[][] = [];
  for (const pivot of pivots.toSorted((left, right) => left.price - right.price || left.openTime - right.openTime)) {
    const cluster = clusters.at(-1);
    const lowest = cluster?.[0]?.price;
    if (cluster !== undefined && lowest !== undefined && pivot.price - lowest <= width) cluster.push(pivot);
    else clusters.push([pivot]);
  }
  return clusters;
};

const toLevel = (pivots: readonly Pivot[], close: number, atr: number): PriceLevel => {
  const price = meanOf(pivots.map((pivot) => pivot.price));
  return {
    price,
    touches: pivots.length,
    distance: Math.abs(price - close) / atr,
    lastTouch: Math.max(...pivots.map((pivot) => pivot.openTime)),
  };
};
