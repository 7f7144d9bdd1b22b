import { grainOf } from "./equity-grain";

/** A span without equity points, in seconds: the points around it are further apart than they should be. */
export type EquityGap = { readonly from: number; readonly to: number };

/** Points further apart than this many times their usual distance have a gap between them. */
const LATE = 2;

/**
 * Where a curve lacks points that its bot should have marked, such as in downtime. `times` in seconds, ascending: all
 * points, or one for each of `samples` equal spans. Points that thinning dropped leave no gap.
 */
export const findEquityGaps = (
  times: readonly number[],
  { intervalSeconds, samples }: { readonly intervalSeconds: number; readonly samples: number },
): EquityGap[] => {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const step = (last - first) / Math.max(1, samples - 1);
  return times.slice(1).flatMap((to, index) => {
    const from = times[index] ?? to;
    const expected = Math.max(step, grainOf(last - from, intervalSeconds));
    return to - from > LATE * expected ? [{ from, to }] : [];
  });
};
