import { aggregateCandles } from "../market/aggregate-candles";
import type { Candle } from "../market/candle";
import type { ReadCandles } from "../market/candle-range";
import { countBefore } from "../market/count-before";
import { floorToGrid, timeframeMs, type Timeframe } from "../market/timeframe";

/** A market's finest candles as they were recorded, ascending; gaps stay gaps. */
export type Recording = { readonly timeframe: Timeframe; readonly candles: readonly Candle[] };

export type RecordedCandles = {
  /** Closed candles of a range; none once the recording is over, as a venue under maintenance has none. */
  readonly read: ReadCandles;
  /** All candles of a timeframe, built once from the finest: for whoever reads no further than it may. */
  readonly whole: (timeframe: Timeframe) => readonly Candle[];
  /** When the last candle closed (ms); nothing is known after it. */
  readonly end: number;
};

/** Reads a recording by ranges: each costs a search, however long the recording is. */
export const createRecordedCandles = ({ timeframe: finest, candles }: Recording): RecordedCandles => {
  const built = new Map<Timeframe, readonly Candle[]>([[finest, candles]]);
  const whole = (timeframe: Timeframe): readonly Candle[] => {
    const known = built.get(timeframe);
    if (known) return known;
    const series = aggregateCandles(candles, { from: finest, to: timeframe });
    built.set(timeframe, series);
    return series;
  };
  const last = candles.at(-1);
  const end = last === undefined ? Number.NEGATIVE_INFINITY : last.openTime + timeframeMs(finest);
  const read: ReadCandles = ({ timeframe, from, closedBy }) => {
    const step = timeframeMs(timeframe);
    const through = floorToGrid(closedBy, step);
    if (from >= through || through > floorToGrid(end, step)) return [];
    const series = whole(timeframe);
    return series.slice(countBefore(series, from), countBefore(series, through));
  };
  return { read, whole, end };
};
