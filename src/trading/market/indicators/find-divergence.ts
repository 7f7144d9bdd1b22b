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

/** The highs and lows of many candles, of which the window is those from `first` to `last`. */
export type PivotPrices = {
  readonly highs: ArrayLike<number>;
  readonly lows: ArrayLike<number>;
  readonly first: number;
  readonly last: number;
};

/** The MACD line at each candle of the window, known from the index `warm` on. */
export type PivotLines = { readonly lines: ArrayLike<number>; readonly warm: number };

/**
 * Compares the last two confirmed MACD pivots of the same type with the price extremes beside them. A pivot is confirmed
 * by the closed candle after it, so nothing is read ahead. `lines` has the MACD line of each candle, undefined in warm-up.
 */
export const findDivergence = (candles: readonly Candle[], lines: readonly (number | undefined)[]): Divergence => {
  const warm = lines.findIndex((line) => line !== undefined);
  const prices = { highs: candles.map(({ high }) => high), lows: candles.map(({ low }) => low) };
  const known = { lines: lines.map((line) => line ?? Number.NaN), warm: warm === -1 ? lines.length : warm };
  return divergenceOf({ ...prices, first: 0, last: candles.length - 1 }, known);
};

/** The same of a window of many candles. */
export const divergenceOf = (prices: PivotPrices, lines: PivotLines): Divergence => ({
  bullish: classify(lastTwoPivots(prices, lines, "bottom"), "bottom"),
  bearish: classify(lastTwoPivots(prices, lines, "top"), "top"),
});

/** The newer one first. None where the newest is too old to count. */
const lastTwoPivots = (prices: PivotPrices, { lines, warm }: PivotLines, kind: PivotKind): readonly Pivot[] => {
  const pivots: Pivot[] = [];
  const newest = prices.last - prices.first;
  const sign = kind === "top" ? 1 : -1;
  for (let index = newest - 1; index > warm && pivots.length < 2; index -= 1) {
    if (pivots.length === 0 && newest - index > PIVOT_AGE_MAX) break;
    const macd = sign * (lines[index] as number);
    const isPivot = macd > sign * (lines[index - 1] as number) && macd > sign * (lines[index + 1] as number);
    if (isPivot) pivots.push({ index, macd: lines[index] as number, price: priceBeside(prices, index, kind) });
  }
  return pivots;
};

const priceBeside = ({ highs, lows, first, last }: PivotPrices, index: number, kind: PivotKind): number => {
  const from = first + Math.max(0, index - MATCH_RADIUS);
  const to = Math.min(last, first + index + MATCH_RADIUS);
  let price = kind === "top" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  for (let at = from; at <= to; at += 1) {
    price = kind === "top" ? Math.max(price, highs[at] as number) : Math.min(price, lows[at] as number);
  }
  return price;
};

const classify = ([second, first]: readonly Pivot[], kind: PivotKind): DivergenceKind => {
  if (first === undefined || second === undefined || strengthOf(first, second) < STRENGTH_MIN) return "none";
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
