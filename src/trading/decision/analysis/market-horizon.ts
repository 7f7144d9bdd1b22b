import type { Candle } from "../../market/candle";
import { timeframeMs, type Timeframe } from "../../market/timeframe";

/** A market's closed candles, ascending. */
export type MarketCandles = { readonly pair: string; readonly candles: readonly Candle[] };

/**
 * What several markets are compared over: the `candles` candles through the one that opens at `through` (ms UTC). Every
 * market is read at the same instants, and nothing later is read.
 */
export type MarketHorizon = { readonly timeframe: Timeframe; readonly through: number; readonly candles: number };

/** The candles through the horizon's end; null where the market lacks that last candle, because its data is stale. */
export const candlesThrough = (candles: readonly Candle[], { through }: MarketHorizon): readonly Candle[] | null => {
  const past = candles.filter((candle) => candle.openTime <= through);
  return past.at(-1)?.openTime === through ? past : null;
};

/** The close's change over the horizon, a fraction; null where one of its two ends is missing. */
export const changeOver = (candles: readonly Candle[], horizon: MarketHorizon): number | null => {
  const from = horizon.through - horizon.candles * timeframeMs(horizon.timeframe);
  const first = candles.find((candle) => candle.openTime === from);
  const last = candles.find((candle) => candle.openTime === horizon.through);
  return first === undefined || last === undefined ? null : (last.close - first.close) / first.close;
};

/** Quote value traded in the horizon, volume x close; null where one of its candles or volumes is unknown. */
export const valueOver = (candles: readonly Candle[], horizon: MarketHorizon): number | null => {
  const after = horizon.through - horizon.candles * timeframeMs(horizon.timeframe);
  const inside = candles.filter(({ openTime }) => openTime > after && openTime <= horizon.through);
  if (inside.length !== horizon.candles) return null;
  let value = 0;
  for (const { close, volume } of inside) {
    if (volume === null) return null;
    value += close * volume;
  }
  return value;
};

/** The mean of the known values; null where none is known. */
export const meanOfKnown = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
};
