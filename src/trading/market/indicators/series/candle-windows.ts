/**
 * Windows of one list of candles, by the indices of their first and last candle; without a candle where `last` is below
 * `first`. Recursive indicators start anew in each, so that a value never depends on where the list began.
 */
export type CandleWindows = {
  readonly count: number;
  readonly firsts: Int32Array;
  readonly lasts: Int32Array;
};

/** Windows that are worked on together, so that the processor need not wait for one addition before the next. */
export const LANES = 4;

/** Whether the window and the three after it have equally many candles. */
export const isLaneStart = ({ count, firsts, lasts }: CandleWindows, index: number): boolean => {
  if (index + LANES > count) return false;
  const length = (lasts[index] as number) - (firsts[index] as number);
  for (let lane = 1; lane < LANES; lane += 1) {
    if ((lasts[index + lane] as number) - (firsts[index + lane] as number) !== length) return false;
  }
  return true;
};
