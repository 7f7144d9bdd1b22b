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

export type MarketHistory = {
  readonly market: RecordedMarket;
  /** `until`: set it to read only candles that open before it, which matters where candles are made on demand. */
  known(bar: Bar, now: number, until?: number): KnownCandles;
  /** The finest candles around `now`, at least the last day's. Only for exact open times: it knows the future. */
  finest(now: number): readonly Candle[];
};

/** The most that a page may reach back: market/candles has this many bars, and a day this many minutes. */
const REACH_BARS = 1440;

/**
 * A recorded market, read no further than an instant. Nothing is recorded inside the finest candle, so within it only
 * its open is known (flat, nothing traded); a longer forming candle holds the closed finest candles inside it
 * and that open.
 */
export const createMarketHistory = (market: RecordedMarket): MarketHistory => {
  const cache = new Map<string, readonly Candle[]>();
  const seriesOf = (bar: Bar, until: number): readonly Candle[] => {
    if (market.seriesAt) return market.seriesAt(bar, until, REACH_BARS);
    const key = `${bar.to} ${bar.gridOffsetMs}`;
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const series = bar.to === market.timeframe ? market.candles : aggregateCandles(market.candles, bar);
    cache.set(key, series);
    return series;
  };
  const finest = (now: number): readonly Candle[] =>
    seriesOf({ from: market.timeframe, to: market.timeframe, gridOffsetMs: 0 }, now);
  return {
    market,
    finest,
    known: (bar, now, until = now) => {
      const series = seriesOf(bar, Math.min(until, now));
      const closedCount = countBefore(series, now - timeframeMs(bar.to) + 1);
      return { series, closedCount, forming: formCandle(finest(now), bar, now) };
    },
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
