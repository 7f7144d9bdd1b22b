import { createSteppedClock, type SteppedClock } from "../../src/inngest/embedded/base/scheduler-clock";
import { venueTimeAt, wallTimeOf, type ClockRow } from "../../src/server/venues/venue-time";

/**
 * How many times faster the market's clock runs than the scheduler's. It decides only how many slots one tick plans (90
 * scheduler seconds are 25 market hours), never a result; with 1000 a market minute takes whole ms.
 */
const REPLAY_SPEED = 1000;

export type ReplayClock = {
  readonly row: ClockRow;
  readonly scheduler: SteppedClock;
  /** Market time now, ms. */
  readonly venueNow: () => number;
  readonly schedulerTimeOf: (market: number) => number;
};

/** A clock that stands still until it is stepped; both its times begin at `from` (ms). */
export const createReplayClock = (from: number, resumeAt: number): ReplayClock => {
  const row = { anchorWall: from, anchorMarket: from, speed: REPLAY_SPEED, previousSpeed: null };
  const schedulerTimeOf = (market: number): number => wallTimeOf(row, market) ?? from;
  const scheduler = createSteppedClock(schedulerTimeOf(resumeAt));
  return { row, scheduler, venueNow: () => venueTimeAt(row, scheduler.now()), schedulerTimeOf };
};
