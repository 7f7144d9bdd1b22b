import type { ClockRow } from "../venues/venue-time";

/** A cycle takes a moment of wall time, whatever the market's clock shows. */
const INTERVAL_WALL_SECONDS_MIN = 2;

/** The shortest interval of a bot on a venue, seconds of its time; `clock` null: it keeps wall time. */
export const intervalSecondsMin = (clock: Pick<ClockRow, "speed"> | null): number =>
  INTERVAL_WALL_SECONDS_MIN * (clock?.speed ?? 1);

/** Why an interval is too short there, in words; null: it is not. */
export const refuseInterval = (intervalSeconds: number, clock: Pick<ClockRow, "speed"> | null): string | null => {
  const least = intervalSecondsMin(clock);
  return intervalSeconds >= least
    ? null
    : `This market's clock runs so fast that the interval must be ${least} seconds or more.`;
};
