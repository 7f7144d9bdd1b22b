import { LANES, isLaneStart, type CandleWindows } from "./candle-windows";
import { rollingMeans } from "./rolling-means";

export type AverageSteps = {
  /** How many values at a window's start are not read: 1 for changes, which need a candle before. */
  readonly skipped: number;
  readonly period: number;
  readonly factor: number;
};

type Recursion = { readonly values: Float64Array; readonly seeds: Float64Array; readonly factor: number };

/** From its seed at `start` on to the window's last value. */
const averageOne = ({ values, seeds, factor }: Recursion, start: number, last: number): number => {
  let average = seeds[start] as number;
  for (let index = start + 1; index <= last; index += 1) average += ((values[index] as number) - average) * factor;
  return average;
};

/** The same of four windows of equal lengths. */
const averageFour = (
  { values, seeds, factor }: Recursion,
  starts: { readonly of: Int32Array; readonly at: number; readonly skipped: number; readonly steps: number },
  output: Float64Array,
): void => {
  const { of, at, skipped, steps } = starts;
  const [s0, s1] = [(of[at] as number) + skipped, (of[at + 1] as number) + skipped];
  const [s2, s3] = [(of[at + 2] as number) + skipped, (of[at + 3] as number) + skipped];
  let a0 = seeds[s0] as number;
  let a1 = seeds[s1] as number;
  let a2 = seeds[s2] as number;
  let a3 = seeds[s3] as number;
  for (let step = 1; step <= steps; step += 1) {
    a0 += ((values[s0 + step] as number) - a0) * factor;
    a1 += ((values[s1 + step] as number) - a1) * factor;
    a2 += ((values[s2 + step] as number) - a2) * factor;
    a3 += ((values[s3 + step] as number) - a3) * factor;
  }
  output[at] = a0;
  output[at + 1] = a1;
  output[at + 2] = a2;
  output[at + 3] = a3;
};

type ReadAverage = (at: number) => number;

/**
 * The recursive average of seeded-average.ts at the last candle of the window asked for, over `values` by candle; NaN
 * where the window is too short. Bit for bit what the average answers that is fed the window's values. Neighbours are
 * worked out together, at the price of one.
 */
export const createAverageReader = (values: Float64Array, windows: CandleWindows, steps: AverageSteps): ReadAverage => {
  const { period, factor } = steps;
  const { count, firsts, lasts } = windows;
  const recursion = { values, seeds: rollingMeans(values, period), factor };
  const skipped = steps.skipped + period - 1;
  const output = new Float64Array(count).fill(Number.NaN);
  const isRead = new Uint8Array(count);
  const read = (at: number): void => {
    const last = lasts[at] as number;
    const start = (firsts[at] as number) + skipped;
    isRead[at] = 1;
    if (start > last) return;
    if (isLaneStart(windows, at)) {
      averageFour(recursion, { of: firsts, at, skipped, steps: last - start }, output);
      isRead.fill(1, at, at + LANES);
    } else output[at] = averageOne(recursion, start, last);
  };
  return (at) => {
    if (isRead[at] === 0) read(at);
    return output[at] as number;
  };
};

/** The same of all windows. */
export const averageWindows = (values: Float64Array, windows: CandleWindows, steps: AverageSteps): Float64Array => {
  const read = createAverageReader(values, windows, steps);
  const averages = new Float64Array(windows.count);
  for (let at = 0; at < windows.count; at += 1) averages[at] = read(at);
  return averages;
};
