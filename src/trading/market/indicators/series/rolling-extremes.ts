/** The index of the highest of the values from one index up to another; of equal ones the last. */
const highestIn = (values: Float64Array, from: number, to: number): number => {
  let at = from;
  for (let index = from + 1; index < to; index += 1) {
    if ((values[index] as number) >= (values[at] as number)) at = index;
  }
  return at;
};

/**
 * The highest of the last `period` values at each index; of fewer at the first period - 1. Looks through them only when
 * their highest has left them.
 */
export const rollingHighest = (values: Float64Array, period: number): Float64Array => {
  const highest = new Float64Array(values.length);
  let at = 0;
  for (let index = 0; index < values.length; index += 1) {
    if (at <= index - period) at = highestIn(values, index - period + 1, index + 1);
    else if ((values[index] as number) >= (values[at] as number)) at = index;
    highest[index] = values[at] as number;
  }
  return highest;
};

/** The index of the lowest of the values from one index up to another; of equal ones the last. */
const lowestIn = (values: Float64Array, from: number, to: number): number => {
  let at = from;
  for (let index = from + 1; index < to; index += 1) {
    if ((values[index] as number) <= (values[at] as number)) at = index;
  }
  return at;
};

/** The lowest of the last `period` values at each index; of fewer at the first period - 1. */
export const rollingLowest = (values: Float64Array, period: number): Float64Array => {
  const lowest = new Float64Array(values.length);
  let at = 0;
  for (let index = 0; index < values.length; index += 1) {
    if (at <= index - period) at = lowestIn(values, index - period + 1, index + 1);
    else if ((values[index] as number) <= (values[at] as number)) at = index;
    lowest[index] = values[at] as number;
  }
  return lowest;
};
