import { formatDuration } from "../format/format-time";
import type { Span } from "./hatch";

const MS = 1000;

/** How long nothing was marked, in words; empty where nothing is missing. */
export const describeGaps = (gaps: readonly Span[]): string => {
  if (gaps.length === 0) return "";
  const seconds = gaps.reduce((sum, { from, to }) => sum + to - from, 0);
  const length = formatDuration(seconds * MS);
  return gaps.length === 1
    ? ` Hatched: a gap of ${length} without equity.`
    : ` Hatched: ${gaps.length} gaps without equity, ${length} together.`;
};
