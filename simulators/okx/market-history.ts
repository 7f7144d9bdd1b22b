import { aggregateCandles, type Aggregation } from "~/trading/market/aggregate-candles";
import type { Candle } from "~/trading/market/candle";
import { countBefore } from "~/trading/market/count-before";
import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";

import type { RecordedMarket } from "../candles/candle-library";

type Bar = Required<Aggregation>;

/** What has closed by an instant: the first `closedCount` candles of `series`. */
export type KnownCandles = { readonly series: readonly Candle[]; readonly closedCount: number };

/**
 * How far a series is read, which matters where candles are made on demand: those that open before `until` (ms), the
 * last `count` of them at least.
 */
export type Reach = { readonly until: number; readonly count: number };

export type MarketHistory = {
  readonly market: RecordedMarket;
  known(bar: Bar, now: number, reach: Reach): KnownCandles;
  /** The candle that is forming at `now`; null in a gap. */
  forming(bar: Bar, now: number): Candle | null;
  /** The finest candles of a span that ends at `now`, and some around. For exact open times only: it knows the future. */
  finest(now: number, spanMs: number): readonly Candle[];
};

/**
 * A recorded market, read no further than an instant. Nothing is recorded inside the finest candle, so within it only
 * its open is known (flat, nothing traded); a longer forming candle holds the closed finest candles inside it
 * and that open.
 */
export const createMarketHistory = (market: RecordedMarket): MarketHistory => {
  const cache = new Map<string, readonly Candle[]>();
  const seriesOf = (bar: Bar, { until, count }: Reach): readonly Candle[] => {
    if (market.seriesAt) return market.seriesAt(bar, until, count);
    const key = `${bar.to} ${bar.gridOffsetMs}`;
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const series = bar.to === market.timeframe ? market.candles : aggregateCandles(market.candles, bar);
    cache.set(key, series);
    return series;
  };
  const finest = (now: number, spanMs: number): readonly Candle[] => {
    const bar = { from: market.timeframe, to: market.timeframe, gridOffsetMs: 0 };
    return seriesOf(bar, { until: now, count: Math.ceil(spanMs / timeframeMs(market.timeframe)) + 1 });
  };
  return {
    market,
    finest,
    known: (bar, now, { until, count }) => {
      const series = seriesOf(bar, { until: Math.min(until, now), count });
      return { series, closedCount: countBefore(series, now - timeframeMs(bar.to) + 1) };
    },
    forming: (bar, now) => formCandle(finest(now, timeframeMs(bar.to)), bar, now),
  };
};

const formCandle = (candles: readonly Candle[], bar: Bar, now: number): Candle | null => {
  const openTime = floorToGrid(now + bar.gridOffsetMs, timeframeMs(bar.to)) - bar.gridOffsetMs;
  const current = floorToGrid(now, timeframeMs(bar.from));
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
