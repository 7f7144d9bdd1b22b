/** The arithmetic mean. `values` is not empty. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The mean of the deviations from `center`, each to the power. */
export const momentOf = (values: readonly number[], center: number, power: number): number =>
  values.reduce((sum, value) => sum + (value - center) ** power, 0) / values.length;

/** The sample standard deviation, with n - 1 (Bessel's correction). 0 for fewer than two values. */
export const deviationOf = (values: readonly number[]): number => {
  if (values.length < 2) return 0;
  const squares = momentOf(values, meanOf(values), 2) * values.length;
  return Math.sqrt(squares / (values.length - 1));
};
