import type { Candle } from "../market/candle";

/** The most returns of decision candles to compare, and the fewest with which a correlation means something. */
const CORRELATION_RETURNS = 100;
const RETURNS_MIN = 30;

/** Log returns of consecutive candles that both series have, newest last. */
const pairedReturns = (first: readonly Candle[], second: readonly Candle[]): [number, number][] => {
  const closes = new Map(second.map((candle) => [candle.openTime, candle.close]));
  const common = first.flatMap((candle) => {
    const other = closes.get(candle.openTime);
    return other === undefined ? [] : [[candle.close, other] as const];
  });
  return common.slice(-CORRELATION_RETURNS - 1).flatMap(([a, b], index, all) => {
    const previous = all[index - 1];
    return previous ? [[Math.log(a / previous[0]), Math.log(b / previous[1])] as [number, number]] : [];
  });
};

/**
 * Pearson correlation of the last 100 log returns of two candle series; null with fewer than 30 common returns or
 * when one of them never moved.
 */
export const correlateReturns = (first: readonly Candle[], second: readonly Candle[]): number | null => {
  const pairs = pairedReturns(first, second);
  if (pairs.length < RETURNS_MIN) return null;
  const mean = (pick: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[pick], 0) / pairs.length;
  const [meanFirst, meanSecond] = [mean(0), mean(1)];
  let [covariance, varianceFirst, varianceSecond] = [0, 0, 0];
  for (const [a, b] of pairs) {
    covariance += (a - meanFirst) * (b - meanSecond);
    varianceFirst += (a - meanFirst) ** 2;
    varianceSecond += (b - meanSecond) ** 2;
  }
  if (varianceFirst === 0 || varianceSecond === 0) return null;
  return covariance / Math.sqrt(varianceFirst * varianceSecond);
};
