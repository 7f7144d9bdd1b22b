import type { Candle } from "../market/candle";

/** The most returns of decision candles to compare, and the fewest with which a correlation means something. */
const CORRELATION_RETURNS = 100;
const RETURNS_MIN = 30;

/** Log returns of consecutive candles that both series have, newest last; both ascend. */
const pairedReturns = (first: readonly Candle[], second: readonly Candle[]): [number, number][] => {
  const common: [number, number][] = [];
  let [at, beside] = [first.length - 1, second.length - 1];
  while (at >= 0 && beside >= 0 && common.length <= CORRELATION_RETURNS) {
    const [one, other] = [first[at] as Candle, second[beside] as Candle];
    if (one.openTime === other.openTime) common.push([one.close, other.close]);
    if (one.openTime >= other.openTime) at -= 1;
    if (other.openTime >= one.openTime) beside -= 1;
  }
  return common.toReversed().flatMap(([a, b], index, all) => {
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
