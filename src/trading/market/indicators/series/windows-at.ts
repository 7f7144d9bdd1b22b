import { tailStarts } from "../../decision-window";
import { firstFrom } from "../../first-from";
import { floorToGrid, timeframeMs, type Timeframe } from "../../timeframe";
import type { CandleColumns } from "./candle-columns";
import type { CandleWindows } from "./candle-windows";

/** The windows that decisions at some times read. Times that read the same share one: `ofTime` has the index of each. */
export type WindowsAt = { readonly windows: CandleWindows; readonly ofTime: Int32Array };

type Asked = { readonly timeframe: Timeframe; readonly count: number; readonly times: readonly number[] };

/** The index that firstFrom answers, from an index near it on. */
const moveTo = (times: Float64Array, near: number, time: number): number => {
  if (near > 0 && (times[near - 1] as number) >= time) return firstFrom(times, time);
  let index = near;
  while (index < times.length && (times[index] as number) < time) index += 1;
  return index;
};

/**
 * For each time (ms UTC) the candles of the range `lastCandles`, after the last long gap in it: what a decision reads
 * whose candles were fetched for it alone. Throws RangeError when candles are not strictly ascending on the grid.
 */
export const windowsAt = ({ openTimes }: CandleColumns, { timeframe, count, times }: Asked): WindowsAt => {
  const starts = tailStarts(openTimes, timeframe);
  const length = timeframeMs(timeframe);
  const ofTime = new Int32Array(times.length);
  const [firsts, lasts] = [new Int32Array(times.length), new Int32Array(times.length)];
  let distinct = 0;
  let before = 0;
  let from = 0;
  for (let index = 0; index < times.length; index += 1) {
    const time = times[index] as number;
    before = moveTo(openTimes, before, time - length + 1);
    from = moveTo(openTimes, from, floorToGrid(time, length) - count * length);
    const last = before - 1;
    const first = Math.max(from, starts[last] ?? 0);
    const isNew = distinct === 0 || firsts[distinct - 1] !== first || lasts[distinct - 1] !== last;
    if (isNew) {
      firsts[distinct] = first;
      lasts[distinct] = last;
      distinct += 1;
    }
    ofTime[index] = distinct - 1;
  }
  return {
    windows: { count: distinct, firsts: firsts.subarray(0, distinct), lasts: lasts.subarray(0, distinct) },
    ofTime,
  };
};
