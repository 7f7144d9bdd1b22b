import { candleCloseTime, type Candle } from "./candle";
import { timeframeMs, type Timeframe } from "./timeframe";

/** What a decision at `time` (ms UTC) may read: the last `count` candles that had closed by then. */
export type DecisionWindow = { readonly timeframe: Timeframe; readonly time: number; readonly count: number };

/**
 * The last `count` candles that closed at or before `time`. `candles` ascend. Later ones are not read, so they cannot
 * change the answer. Throws RangeError when `count` is not a positive integer.
 */
export const decisionWindow = (candles: readonly Candle[], window: DecisionWindow): readonly Candle[] => {
  const { timeframe, time, count } = window;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new RangeError(`a decision window has a positive number of candles, was ${count}`);
  }
  let end = candles.length;
  let last = candles[end - 1];
  while (last !== undefined && candleCloseTime(last, timeframe) > time) {
    end -= 1;
    last = candles[end - 1];
  }
  return candles.slice(Math.max(0, end - count), end);
};

/** The longest gap that indicators step over, in candles. */
const BRIDGED_MAX = 12;

/**
 * The candles after the last long gap. An indicator that steps over a gap treats all price change in it as one candle's
 * move. For a short gap (at most 12 missing candles) every chart shows that too. After a longer one nobody could check
 * the value, so the indicator warms up again.
 * Throws RangeError when `candles` is not strictly ascending on the timeframe's grid.
 */
export const contiguousTail = (candles: readonly Candle[], timeframe: Timeframe): readonly Candle[] => {
  const openTimes = candles.map(({ openTime }) => openTime);
  return candles.slice(tailStarts(openTimes, timeframe).at(-1) ?? 0);
};

/** For each candle by its open time, the index of the first one since the last long gap before it. Throws likewise. */
export const tailStarts = (openTimes: ArrayLike<number>, timeframe: Timeframe): Int32Array => {
  const length = timeframeMs(timeframe);
  const starts = new Int32Array(openTimes.length);
  let start = 0;
  for (let index = 1; index < openTimes.length; index += 1) {
    const [before, openTime] = [openTimes[index - 1] as number, openTimes[index] as number];
    const step = openTime - before;
    if (step <= 0 || step % length !== 0) {
      throw new RangeError(`${timeframe} candles must ascend by ${length} ms: ${openTime} came after ${before}`);
    }
    if (step > (BRIDGED_MAX + 1) * length) start = index;
    starts[index] = start;
  }
  return starts;
};
