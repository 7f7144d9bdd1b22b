/** The value that `share` (0 to 1) of the sorted values do not exceed; NaN for no values. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
