/**
 * Arithmetic mean, summed as differences from the first value: the mean of equal values is exactly that value, so a
 * market without movement is never "above its average" by a rounding error. NaN for no values. Of the values from one
 * index up to another, where they are given.
 */
export const meanOf = (values: ArrayLike<number>, from = 0, to = values.length): number => {
  const first = values[from] ?? Number.NaN;
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += (values[index] ?? Number.NaN) - first;
  return first + sum / (to - from);
};

/** The sum of the values from one index up to another. */
export const sumBetween = (values: ArrayLike<number>, from: number, to: number): number => {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += values[index] ?? Number.NaN;
  return sum;
};

type Span = { readonly from: number; readonly to: number };

/** Population standard deviation (divided by n, as in Bollinger and TA-Lib); exactly 0 for equal values. */
export const populationDeviationOf = (
  values: ArrayLike<number>,
  mean = meanOf(values),
  { from, to }: Span = { from: 0, to: values.length },
): number => {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += ((values[index] ?? Number.NaN) - mean) ** 2;
  return Math.sqrt(sum / (to - from));
};
