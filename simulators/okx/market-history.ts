import { aggregateCandles, type Aggregation } from "~/trading/market/aggregate-candles";
import type { Candle } from "~/trading/market/candle";
import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";

import type { RecordedMarket } from "../candles/candle-library";

type Bar = Required<Aggregation>;

/** What is known at an instant: the first `closedCount` candles of `series`, and the candle that is forming. */
export type KnownCandles = {
  readonly series: readonly Candle[];
  readonly closedCount: number;
  readonly forming: Candle | null;
};

export type MarketHistory = { readonly market: RecordedMarket; known(bar: Bar, now: number): KnownCandles };

/**
 * A recorded market, read no further than an instant. Nothing is recorded inside the finest candle, so that within
 * it only its open is known (flat, nothing traded); a longer forming candle holds the closed finest candles inside it
 * and that open.
 */
export const createMarketHistory = (market: RecordedMarket): MarketHistory => {
  const cache = new Map<string, readonly Candle[]>();
  const seriesOf = (bar: Bar): readonly Candle[] => {
    const key = `${bar.to} ${bar.gridOffsetMs}`;
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const series = bar.to === market.timeframe ? market.candles : aggregateCandles(market.candles, bar);
    cache.set(key, series);
    return series;
  };
  return {
    market,
    known: (bar, now) => {
      const series = seriesOf(bar);
      const closedCount = countBefore(series, now - timeframeMs(bar.to) + 1);
      return { series, closedCount, forming: formCandle(market, bar, now) };
    },
  };
};

const formCandle = ({ candles, timeframe }: RecordedMarket, bar: Bar, now: number): Candle | null => {
  const openTime = floorToGrid(now + bar.gridOffsetMs, timeframeMs(bar.to)) - bar.gridOffsetMs;
  const current = floorToGrid(now, timeframeMs(timeframe));
  const closed = candles.slice(countBefore(candles, openTime), countBefore(candles, current));
  const opened = candles[countBefore(candles, current)];
  const parts = opened?.openTime === current ? [...closed, onlyOpen(opened)] : closed;
  return aggregateCandles(parts, bar)[0] ?? null;
};

const onlyOpen = ({ openTime, open }: Candle): Candle => ({
  openTime,
  open,
  high: open,
  low: open,
  close: open,
  volume: 0,
});

/** How many of the ascending candles open before `time`: also the index of the first that opens at or after it. */
export const countBefore = (candles: readonly Candle[], time: number): number => {
  let low = 0;
  let high = candles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((candles[middle]?.openTime ?? Number.POSITIVE_INFINITY) < time) low = middle + 1;
    else high = middle;
  }
  return low;
};
