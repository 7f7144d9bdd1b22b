import type { CandleChart } from "~/contracts/chart-view";
import { CHART_TIMEFRAMES } from "~/contracts/choices";
import { aggregateCandles, canAggregate } from "~/trading/market/aggregate-candles";
import { closedCandles, type Candle } from "~/trading/market/candle";
import { TIMEFRAMES, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import type { Database } from "../../db/client";
import { toCandle } from "../../market/stored-candles";

export type ChartTimeframe = CandleChart["timeframe"];

const CANDLES_MAX = 300;
/** At most so many finer candles are put together: coarse charts over very fine data show fewer than 300. */
const PARTS_MAX = 30_000;

/** The timeframes of which a market has any candle, finest first. */
const loadStoredTimeframes = async (db: Database, marketId: number): Promise<Timeframe[]> => {
  const rows = await db.$queryRaw<{ timeframe: Timeframe }[]>`
    SELECT t.timeframe FROM unnest(${[...TIMEFRAMES]}::text[]) WITH ORDINALITY AS t (timeframe, rank)
    WHERE EXISTS (SELECT 1 FROM candles c WHERE c.market_id = ${marketId} AND c.timeframe = t.timeframe) ORDER BY t.rank`;
  return rows.map(({ timeframe }) => timeframe);
};

export type ChartSeries = {
  readonly available: readonly ChartTimeframe[];
  /** The timeframe as stored that candles of this one are read or built from; null: none. */
  readonly sourceOf: (timeframe: ChartTimeframe) => Timeframe | null;
};

/** What a market's chart can show: what is stored, and what whole stored candles can be put together to. */
export const loadChartSeries = async (db: Database, marketId: number): Promise<ChartSeries> => {
  const stored = await loadStoredTimeframes(db, marketId);
  const sourceOf = (timeframe: ChartTimeframe): Timeframe | null =>
    stored.includes(timeframe)
      ? timeframe
      : (stored.findLast(
          (from) => timeframeMs(from) < timeframeMs(timeframe) && canAggregate({ from, to: timeframe }),
        ) ?? null);
  return { available: CHART_TIMEFRAMES.filter((timeframe) => sourceOf(timeframe) !== null), sourceOf };
};

export type ChartSpan = {
  readonly marketId: number;
  readonly timeframe: ChartTimeframe;
  readonly source: Timeframe;
  /** Venue time, ms: nothing that closes later is shown. */
  readonly now: number;
};

/** Put together, without the first candle where its beginning lies before what was read. */
const buildCoarser = (parts: readonly Candle[], { source, timeframe, now }: ChartSpan): Candle[] => {
  const built = closedCandles(aggregateCandles(parts, { from: source, to: timeframe }), timeframe, now);
  const isCut = parts[0] !== undefined && built[0] !== undefined && parts[0].openTime > built[0].openTime;
  return isCut ? built.slice(1) : built;
};

/** A market's last closed candles by now, at most 300, ascending. */
export const loadChartCandles = async (db: Database, span: ChartSpan): Promise<Candle[]> => {
  const { marketId, timeframe, source, now } = span;
  const parts = timeframeMs(timeframe) / timeframeMs(source);
  const rows = await db.candle.findMany({
    where: { marketId, timeframe: source, openTime: { lte: new Date(now - timeframeMs(source)) } },
    orderBy: { openTime: "desc" },
    take: Math.min(PARTS_MAX, (CANDLES_MAX + (parts > 1 ? 1 : 0)) * parts),
  });
  const candles = rows.map(toCandle).toReversed();
  return source === timeframe ? candles : buildCoarser(candles, span).slice(-CANDLES_MAX);
};
