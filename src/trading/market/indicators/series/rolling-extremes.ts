/** Whether `value` takes the place of `extreme`: of equal ones the later stays longer. */
type Replaces = (value: number, extreme: number) => boolean;

const isAsHigh: Replaces = (value, highest) => value >= highest;
const isAsLow: Replaces = (value, lowest) => value <= lowest;

/** The index of the extreme of the values from one index up to another. */
const extremeIn = (values: Float64Array, { from, to }: { from: number; to: number }, replaces: Replaces): number => {
  let at = from;
  for (let index = from + 1; index < to; index += 1) {
    if (replaces(values[index] as number, values[at] as number)) at = index;
  }
  return at;
};

/** Looks through the last `period` values only when their extreme has left them. */
const rollingExtremes = (values: Float64Array, period: number, replaces: Replaces): Float64Array => {
  const extremes = new Float64Array(values.length);
  let at = 0;
  for (let index = 0; index < values.length; index += 1) {
    if (at <= index - period) at = extremeIn(values, { from: index - period + 1, to: index }, replaces);
    if (replaces(values[index] as number, values[at] as number)) at = index;
    extremes[index] = values[at] as number;
  }
  return extremes;
};

/** The highest of the last `period` values at each index; of fewer at the first period - 1. */
export const rollingHighest = (values: Float64Array, period: number): Float64Array =>
  rollingExtremes(values, period, isAsHigh);

/** The lowest of the last `period` values at each index; of fewer at the first period - 1. */
export const rollingLowest = (values: Float64Array, period: number): Float64Array =>
  rollingExtremes(values, period, isAsLow);
