import { floorToGrid, timeframeMs } from "../../src/trading/market/timeframe";
import type { MarketData } from "../../src/trading/ports";
import { VenueError } from "../../src/trading/venue-error";
import { chunkFile, isStored, writeCandleFile, type Series } from "./candle-file";
import { monthChunks, type Chunk } from "./month-chunks";

export type HistoryRequest = {
  readonly source: Pick<MarketData, "fetchCandles" | "fetchTime">;
  readonly folder: string;
  readonly series: readonly Series[];
  readonly from: number;
  readonly to: number;
  /** Called after each chunk: how many candles it has; null: it was there already. */
  readonly onChunk: (series: Series, chunk: Chunk, candles: number | null) => void;
  /** Waits before a failed request is repeated, ms. */
  readonly wait: (ms: number) => Promise<void>;
};

const ATTEMPTS_MAX = 6;
const FIRST_WAIT_MS = 1000;

/** Repeats a read that may be repeated, after twice as long each time. */
const insist = async <Value>(read: () => Promise<Value>, wait: HistoryRequest["wait"]): Promise<Value> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const mayRepeat = error instanceof VenueError && error.retryable && attempt < ATTEMPTS_MAX;
      if (!mayRepeat) throw error;
      await wait(FIRST_WAIT_MS * 2 ** (attempt - 1));
    }
  }
};

/** What has closed by the venue's own clock. */
const closedSpan = (series: Series, { from, to }: Chunk, now: number): Chunk => {
  const step = timeframeMs(series.timeframe);
  return { from: Math.ceil(from / step) * step, to: floorToGrid(Math.min(to, now), step) };
};

/**
 * Fetches the history of each series month by month, each into a file of its own, through the venue's adapter and its
 * limiter. What is stored already is not fetched again, so an interrupted run goes on where it was. A month in which the
 * venue has no candle leaves no file.
 */
export const fetchHistory = async (request: HistoryRequest): Promise<void> => {
  const { source, folder, onChunk, wait } = request;
  const now = await insist(() => source.fetchTime(), wait);
  for (const series of request.series) {
    const step = timeframeMs(series.timeframe);
    for (const chunk of monthChunks(closedSpan(series, request, now))) {
      const file = chunkFile(folder, series, chunk);
      if (isStored(file)) {
        onChunk(series, chunk, null);
        continue;
      }
      const asked = { ...series, from: chunk.from, through: chunk.to - step };
      const candles = await insist(() => source.fetchCandles(asked), wait);
      if (candles.length > 0) writeCandleFile(file, candles);
      onChunk(series, chunk, candles.length);
    }
  }
};
