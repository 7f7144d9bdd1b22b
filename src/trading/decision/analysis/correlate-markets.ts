import { correlateReturns } from "../../risk/correlate-returns";
import type { Candle } from "../../market/candle";
import type { MarketCandles } from "./market-horizon";

/** As many candles as correlateReturns reads: more would cost time and change nothing. */
const CANDLES_READ = 101;

/** `openTime` (ms UTC) is a candle that both markets have; null with too few common returns or a market without moves. */
export type CorrelationPoint = { readonly openTime: number; readonly correlation: number | null };

/** The correlation of two markets' returns at each candle that both have, from nothing later than that candle. */
export const correlationSeries = (first: readonly Candle[], second: readonly Candle[]): CorrelationPoint[] => {
  const others = new Map(second.map((candle) => [candle.openTime, candle]));
  const common = first.flatMap((candle) => {
    const other = others.get(candle.openTime);
    return other === undefined ? [] : [{ candle, other }];
  });
  return common.map(({ candle }, index) => {
    const window = common.slice(Math.max(0, index + 1 - CANDLES_READ), index + 1);
    const correlation = correlateReturns(
      window.map((both) => both.candle),
      window.map((both) => both.other),
    );
    return { openTime: candle.openTime, correlation };
  });
};

/** `values[i][j]` is the correlation of pairs i and j, symmetric; 1 on the diagonal; null where it is unknown. */
export type CorrelationMatrix = {
  readonly pairs: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
  /** Over the known pairs of different markets; null where none is known. */
  readonly average: number | null;
  readonly known: number;
  readonly unknown: number;
};

export const correlationMatrix = (markets: readonly MarketCandles[]): CorrelationMatrix => {
  const upper = markets.map((row, index) =>
    markets.slice(0, index).map((column) => correlateReturns(column.candles, row.candles)),
  );
  const values = markets.map((market, row) =>
    markets.map((_, column) => {
      if (row === column) return correlateReturns(market.candles, market.candles) === null ? null : 1;
      return upper[Math.max(row, column)]?.[Math.min(row, column)] ?? null;
    }),
  );
  const between = upper.flat();
  const known = between.filter((value) => value !== null);
  return {
    pairs: markets.map((market) => market.pair),
    values,
    average: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length,
    known: known.length,
    unknown: between.length - known.length,
  };
};
