/** Memory (MB) at a time (ms). */
export type Sample = { readonly at: number; readonly mb: number };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Of fewer means nobody can tell how much they swing. */
const FEWEST_FOR_ERROR = 10;
/** Beyond it a line through what drifts says nothing; the error is four times that of chance alone. */
const MOST_LIKE_THE_LAST = 0.9;

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

type Line = { readonly meanMb: number; readonly mbPerMs: number; readonly spread: number };

/** The line of least squares through the samples; flat through fewer than three. */
const fitLine = (samples: readonly Sample[]): Line => {
  const count = samples.length;
  const meanAt = samples.reduce((sum, { at }) => sum + at, 0) / count;
  const meanMb = samples.reduce((sum, { mb }) => sum + mb, 0) / count;
  const spread = samples.reduce((sum, { at }) => sum + (at - meanAt) ** 2, 0);
  if (count < 3) return { meanMb, mbPerMs: 0, spread };
  return {
    meanMb,
    mbPerMs: samples.reduce((sum, { at, mb }) => sum + (at - meanAt) * (mb - meanMb), 0) / spread,
    spread,
  };
};

const percentAnHour = (mbPerMs: number, meanMb: number): number => ((mbPerMs * HOUR_MS) / meanMb) * 100;

/** Growth in percent of the mean an hour, by the mean of each minute; 0 of fewer than three minutes. */
export const slopeOf = (samples: readonly Sample[]): number => {
  const { meanMb, mbPerMs } = fitLine(meansByMinute(samples));
  return percentAnHour(mbPerMs, meanMb);
};

/** How much of what one value misses the next one misses too: 0 by chance alone, up to 1. Autocorrelation at lag 1. */
const likenessOf = (missed: readonly number[]): number => {
  const all = missed.reduce((sum, value) => sum + value ** 2, 0);
  const together = missed.slice(1).reduce((sum, value, index) => sum + value * (missed[index] ?? 0), 0);
  return all === 0 ? 0 : Math.min(MOST_LIKE_THE_LAST, Math.max(0, together / all));
};

/**
 * The standard error of `slopeOf`, in the same unit; null of fewer than ten minutes. What a process holds swings for
 * minutes, so means that miss the line together count for fewer: the error grows by sqrt((1 + r) / (1 - r)) with r their
 * autocorrelation (von Storch and Zwiers 1999, 6.6.8). A step within the time is growth to it, not chance.
 */
export const slopeErrorOf = (samples: readonly Sample[]): number | null => {
  const means = meansByMinute(samples);
  if (means.length < FEWEST_FOR_ERROR) return null;
  const { meanMb, mbPerMs, spread } = fitLine(means);
  const meanAt = means.reduce((sum, { at }) => sum + at, 0) / means.length;
  const missed = means.map(({ at, mb }) => mb - meanMb - mbPerMs * (at - meanAt));
  const variance = missed.reduce((sum, value) => sum + value ** 2, 0) / (means.length - 2);
  const likeness = likenessOf(missed);
  return percentAnHour(Math.sqrt((variance / spread) * ((1 + likeness) / (1 - likeness))), meanMb);
};
