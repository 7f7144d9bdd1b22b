import { lastCandles } from "../../candle-range";
import { tailStarts } from "../../decision-window";
import { firstFrom } from "../../first-from";
import { timeframeMs, type Timeframe } from "../../timeframe";
import type { CandleColumns } from "./candle-columns";
import type { CandleWindows } from "./candle-windows";

/** The windows that decisions at some times read. Times that read the same share one: `ofTime` has the index of each. */
export type WindowsAt = { readonly windows: CandleWindows; readonly ofTime: Int32Array };

type Asked = { readonly timeframe: Timeframe; readonly count: number; readonly times: readonly number[] };

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
  times.forEach((time, index) => {
    const last = firstFrom(openTimes, time - length + 1) - 1;
    const from = firstFrom(openTimes, lastCandles({ timeframe, count, closedBy: time }).from);
    const first = Math.max(from, starts[last] ?? 0);
    const isNew = distinct === 0 || firsts[distinct - 1] !== first || lasts[distinct - 1] !== last;
    if (isNew) {
      firsts[distinct] = first;
      lasts[distinct] = last;
      distinct += 1;
    }
    ofTime[index] = distinct - 1;
  });
  return {
    windows: { count: distinct, firsts: firsts.subarray(0, distinct), lasts: lasts.subarray(0, distinct) },
    ofTime,
  };
};
