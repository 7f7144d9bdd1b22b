/** Memory (MB) at a time (ms). */
export type Sample = { readonly at: number; readonly mb: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

type Line = { readonly meanMb: number; readonly mbPerMs: number; readonly standardError: number };

/** The line of least squares through the samples, and the standard error of its slope; flat through fewer than three. */
const fitLine = (samples: readonly Sample[]): Line => {
  const count = samples.length;
  const meanAt = samples.reduce((sum, { at }) => sum + at, 0) / count;
  const meanMb = samples.reduce((sum, { mb }) => sum + mb, 0) / count;
  if (count < 3) return { meanMb, mbPerMs: 0, standardError: 0 };
  const spread = samples.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  const mbPerMs = samples.reduce((sum, { at, mb }) => sum + (at - meanAt) * (mb - meanMb), 0) / spread;
  const missed = samples.reduce((sum, { at, mb }) => sum + (mb - meanMb - mbPerMs * (at - meanAt)) ** 2, 0);
  return { meanMb, mbPerMs, standardError: Math.sqrt(missed / (count - 2) / spread) };
};

/** Growth in percent of the samples' mean an hour; 0 of fewer than three. */
export const slopeOf = (samples: readonly Sample[]): number => {
  const { meanMb, mbPerMs } = fitLine(samples);
  return ((mbPerMs * HOUR_MS) / meanMb) * 100;
};

/** The mean of each minute in which there are samples. */
export const meansByMinute = (samples: readonly Sample[]): Sample[] => {
  const byMinute = new Map<number, Sample[]>();
  for (const sample of samples) {
    const minute = Math.floor(sample.at / MINUTE_MS);
    byMinute.set(minute, [...(byMinute.get(minute) ?? []), sample]);
  }
  return [...byMinute].map(([minute, ofMinute]) => ({
    at: (minute + 0.5) * MINUTE_MS,
    mb: ofMinute.reduce((sum, { mb }) => sum + mb, 0) / ofMinute.length,
  }));
};

/**
 * The standard error of `slopeOf`, in the same unit: by how much it would differ from one such hour to the next. Of the
 * means of each minute, since what a process holds at one instant says much of what it holds 5 s later.
 */
export const slopeErrorOf = (samples: readonly Sample[]): number => {
  const { meanMb, standardError } = fitLine(meansByMinute(samples));
  return ((standardError * HOUR_MS) / meanMb) * 100;
};
