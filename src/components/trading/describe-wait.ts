import { MINUTE_MS } from "~/trading/market/duration";
import { formatDuration } from "../format/format-time";

const SECOND_MS = 1000;

/** How long until something is due, to the second; what is less than a second away is due now. */
export const describeWait = (waitMs: number, unit = ""): string => {
  if (waitMs < SECOND_MS) return "due now";
  const length = waitMs < MINUTE_MS ? `${Math.floor(waitMs / SECOND_MS)} s` : formatDuration(waitMs);
  return `in ${length}${unit}`;
};
