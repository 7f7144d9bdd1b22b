import type { Candle } from "../candle";

/**
 * Regular: price makes a new extreme that MACD does not confirm (bullish: a lower low over a higher MACD low). Hidden:
 * MACD makes one that price does not (bullish: a higher low over a lower MACD low).
 */
export type DivergenceKind = "regular" | "hidden" | "none";
export type Divergence = { readonly bullish: DivergenceKind; readonly bearish: DivergenceKind };

/** The price extreme of a MACD pivot is searched for this many candles before and after it. */
const MATCH_RADIUS = 5;
/** A divergence counts for this many candles after its second pivot. */
const PIVOT_AGE_MAX = 10;
/** Least mean of the relative changes of price and MACD; below it the two pivots count as equal. */
const STRENGTH_MIN = 0.05;

type Pivot = { readonly index: number; readonly macd: number; readonly price: number };
type PivotKind = "top" | "bottom";

/**
 * Compares the last two confirmed MACD pivots of the same type with the price extremes beside them. A pivot is confirmed
 * by the closed candle after it, so nothing is read ahead. `lines` has the MACD line of each candle, undefined in warm-up.
 */
export const findDivergence = (candles: readonly Candle[], lines: readonly (number | undefined)[]): Divergence => ({
  bullish: classify(lastTwoPivots(candles, lines, "bottom"), candles.length, "bottom"),
  bearish: classify(lastTwoPivots(candles, lines, "top"), candles.length, "top"),
});

const lastTwoPivots = (
  candles: readonly Candle[],
  lines: readonly (number | undefined)[],
  kind: PivotKind,
): readonly Pivot[] => {
  const pivots: Pivot[] = [];
  const sign = kind === "top" ? 1 : -1;
  for (let index = lines.length - 2; index > 0 && pivots.length < 2; index -= 1) {
    const [before, macd, after] = [lines[index - 1], lines[index], lines[index + 1]];
    if (before === undefined || macd === undefined || after === undefined) break;
    const isPivot = sign * macd > sign * before && sign * macd > sign * after;
    if (isPivot) pivots.unshift({ index, macd, price: priceBeside(candles, index, kind) });
  }
  return pivots;
};

const priceBeside = (candles: readonly Candle[], index: number, kind: PivotKind): number => {
  const near = candles.slice(Math.max(0, index - MATCH_RADIUS), index + MATCH_RADIUS + 1);
  return kind === "top"
    ? Math.max(...near.map((candle) => candle.high))
    : Math.min(...near.map((candle) => candle.low));
};

const classify = (pivots: readonly Pivot[], candleCount: number, kind: PivotKind): DivergenceKind => {
  const [first, second] = pivots;
  if (first === undefined || second === undefined) return "none";
  if (candleCount - 1 - second.index > PIVOT_AGE_MAX || strengthOf(first, second) < STRENGTH_MIN) return "none";
  const sign = kind === "top" ? 1 : -1;
  const priceStep = sign * (second.price - first.price);
  const macdStep = sign * (second.macd - first.macd);
  if (priceStep > 0 && macdStep < 0) return "regular";
  return priceStep < 0 && macdStep > 0 ? "hidden" : "none";
};

const strengthOf = (first: Pivot, second: Pivot): number => {
  const priceChange = Math.abs(second.price - first.price) / first.price;
  const macdScale = Math.max(Math.abs(first.macd), Math.abs(second.macd));
  const macdChange = macdScale === 0 ? 0 : Math.min(1, Math.abs(second.macd - first.macd) / macdScale);
  return (priceChange + macdChange) / 2;
};
