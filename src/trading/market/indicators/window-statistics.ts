/**
 * Arithmetic mean, summed as differences from the first value: the mean of equal values is exactly that value, so a
 * market without movement is never "above its average" by a rounding error. NaN for no values.
 */
export const meanOf = (values: readonly number[]): number => {
  const first = values[0] ?? Number.NaN;
  let sum = 0;
  for (const value of values) sum += value - first;
  return first + sum / values.length;
};

/** Population standard deviation (divided by n, as in Bollinger and TA-Lib); exactly 0 for equal values. */
export const populationDeviationOf = (values: readonly number[], mean = meanOf(values)): number => {
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return Math.sqrt(sum / values.length);
};
