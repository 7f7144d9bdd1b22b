/** Memory (MB) at a time (ms). */
export type Sample = { readonly at: number; readonly mb: number };

const HOUR_MS = 3_600_000;

/** The line of least squares through the samples: its growth in percent of their mean an hour; 0 of fewer than two. */
export const slopeOf = (samples: readonly Sample[]): number => {
  const count = samples.length;
  if (count < 2) return 0;
  const meanAt = samples.reduce((sum, { at }) => sum + at, 0) / count;
  const meanMb = samples.reduce((sum, { mb }) => sum + mb, 0) / count;
  const spread = samples.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const together = samples.reduce((sum, { at, mb }) => sum + (at - meanAt) * (mb - meanMb), 0);
  return (((together / spread) * HOUR_MS) / meanMb) * 100;
};
