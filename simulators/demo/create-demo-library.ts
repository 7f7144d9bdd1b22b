import { aggregateCandles, type Aggregation } from "~/trading/market/aggregate-candles";
import type { Candle } from "~/trading/market/candle";
import { timeframeMs } from "~/trading/market/timeframe";

import { createRecordedMarket, type CandleLibrary, type RecordedMarket } from "../candles/candle-library";
import { createCandleChunks } from "./candle-chunks";
import { createDailyAnchors } from "./daily-anchors";
import { createDayCandles, DAY_MS, SYNTHETIC_START } from "./create-day-candles";
import { DEMO_PAIRS, type DemoPair } from "./demo-pairs";

const createDemoMarket = (seed: number, pair: DemoPair): RecordedMarket => {
  const anchors = createDailyAnchors(seed, pair);
  const chunks = createCandleChunks();
  const makeMinutes = (day: number): readonly Candle[] => createDayCandles(seed, pair, { day, anchors });
  const minutesOf = (day: number): readonly Candle[] =>
    day < 0 ? [] : chunks.read(`1m 0 ${day}`, () => makeMinutes(day));
  /** What a coarser chunk is built from. Kept, the minutes of weeks would push out all chunks that are read again. */
  const minutesToBuildOn = (day: number): readonly Candle[] =>
    day < 0 ? [] : (chunks.peek(`1m 0 ${day}`) ?? makeMinutes(day));

  /** A day of a grid: whole candles of every length up to a day fill it. */
  const chunkOf = (bar: Required<Aggregation>, day: number): readonly Candle[] => {
    const { to, gridOffsetMs } = bar;
    if (to === "1m") return minutesOf(day);
    return chunks.read(`${to} ${gridOffsetMs} ${day}`, () => {
      const from = SYNTHETIC_START + day * DAY_MS - gridOffsetMs;
      const days = gridOffsetMs === 0 ? [day] : [day - 1, day];
      const parts = days.flatMap((part) => minutesToBuildOn(part));
      return aggregateCandles(
        parts.filter(({ openTime }) => openTime >= from && openTime < from + DAY_MS),
        bar,
      );
    });
  };

  const seriesAt: RecordedMarket["seriesAt"] = (bar, until, count) => {
    const dayOf = (time: number): number => Math.floor((time + bar.gridOffsetMs - SYNTHETIC_START) / DAY_MS);
    const series: Candle[] = [];
    const first = Math.max(0, dayOf(until - count * timeframeMs(bar.to)));
    for (let day = first; day <= dayOf(until); day += 1) series.push(...chunkOf(bar, day));
    return series;
  };

  const firstDay = createRecordedMarket({
    pair: pair.pair,
    marketType: "swap",
    timeframe: "1m",
    candles: createDayCandles(seed, pair, { day: 0, anchors }),
  });
  return { ...firstDay, through: Number.POSITIVE_INFINITY, seriesAt };
};

/**
 * The demo's synthetic markets from 2024-01-01T00:00Z, without end: 1m candles that are a pure function of (seed,
 * pair, day), made on demand and dropped when unused.
 */
export const createDemoLibrary = (seed: number): CandleLibrary => ({
  markets: DEMO_PAIRS.map((pair) => createDemoMarket(seed, pair)),
  warnings: [],
});
