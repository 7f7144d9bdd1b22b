import { grainOf } from "./equity-grain";

/** A span without equity points, in seconds: the points around it are further apart than they should be. */
export type EquityGap = { readonly from: number; readonly to: number };

/** Points further apart than this many times their usual distance have a gap between them. */
const LATE = 2;

/** An interval that a bot had until a time, in seconds. */
export type EarlierInterval = { readonly until: number; readonly intervalSeconds: number };

type Pace = {
  readonly intervalSeconds: number;
  readonly samples: number;
  /** Those that it had before, the oldest first. */
  readonly earlier?: readonly EarlierInterval[];
};

const intervalAt = (time: number, { intervalSeconds, earlier = [] }: Pace): number =>
  earlier.find(({ until }) => time < until)?.intervalSeconds ?? intervalSeconds;

/**
 * Where a curve lacks points that its bot should have marked, such as in downtime. `times` in seconds, ascending: all
 * points, or one for each of `samples` equal spans. Points that thinning dropped leave no gap, and none is further from
 * the one before than the interval of its own time.
 */
export const findEquityGaps = (times: readonly number[], pace: Pace): EquityGap[] => {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const step = (last - first) / Math.max(1, pace.samples - 1);
  return times.slice(1).flatMap((to, index) => {
    const from = times[index] ?? to;
    const interval = Math.max(intervalAt(from, pace), intervalAt(to, pace));
    const expected = Math.max(step, grainOf(last - from, interval));
    return to - from > LATE * expected ? [{ from, to }] : [];
  });
};
