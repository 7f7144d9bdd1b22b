/** The first index of `sorted` (ascending, so many values) whose value is not below `value`. */
const placeOf = (sorted: Float64Array, count: number, value: number): number => {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The median of the last `period` values at each index, as of rolling-median.ts; 0 at the first period - 1. */
export const rollingMedians = (values: Float64Array, period: number): Float64Array => {
  const medians = new Float64Array(values.length);
  const sorted = new Float64Array(period);
  let count = 0;
  for (let index = 0; index < values.length; index += 1) {
    if (count === period) {
      const leaving = placeOf(sorted, count, values[index - period] as number);
      sorted.copyWithin(leaving, leaving + 1, count);
      count -= 1;
    }
    const place = placeOf(sorted, count, values[index] as number);
    sorted.copyWithin(place + 1, place, count);
    sorted[place] = values[index] as number;
    count += 1;
    if (count < period) continue;
    medians[index] = ((sorted[(period - 1) >> 1] as number) + (sorted[period >> 1] as number)) / 2;
  }
  return medians;
};
