import type { Candle } from "~/trading/market/candle";

import type { CandleRow } from "./parse-candle-csv";

/**
 * Rows of several files of one market and timeframe as one ascending list: equal rows once, gaps kept.
 * Throws Error naming both places where two rows of one open time differ.
 */
export const mergeCandleRows = (rows: readonly CandleRow[]): CandleRow[] => {
  const sorted = rows.toSorted((a, b) => a.candle.openTime - b.candle.openTime);
  return sorted.filter((row, index) => {
    const previous = sorted[index - 1];
    if (previous?.candle.openTime !== row.candle.openTime) return true;
    if (!isSameCandle(previous.candle, row.candle)) {
      throw new Error(
        `${placeOf(previous)} and ${placeOf(row)} differ for ${new Date(row.candle.openTime).toISOString()}: ` +
          `${valuesOf(previous.candle)} against ${valuesOf(row.candle)}; keep the right one`,
      );
    }
    return false;
  });
};

/** Whether two lists hold the same candles. */
export const hasSameCandles = (a: readonly CandleRow[], b: readonly CandleRow[]): boolean =>
  a.length === b.length &&
  a.every((row, index) => {
    const other = b[index];
    return other !== undefined && isSameCandle(row.candle, other.candle);
  });

const isSameCandle = (a: Candle, b: Candle): boolean => a.openTime === b.openTime && valuesOf(a) === valuesOf(b);

const valuesOf = ({ open, high, low, close, volume }: Candle): string =>
  [open, high, low, close, volume ?? "unknown"].join(",");

const placeOf = ({ file, line }: CandleRow): string => `${file} line ${line}`;
