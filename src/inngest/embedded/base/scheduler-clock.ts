/**
 * The time that due instants, cron slots, sleeps and backoff are measured in. Leases are NOT: they stay on the
 * database's own clock, so that a stepped or wrong clock cannot give one job to two processes.
 */
export type SchedulerClock = {
  /** Milliseconds since 1970 UTC. */
  now(): number;
};

export type SteppedClock = SchedulerClock & {
  /** Moves forward to `ms`; the same instant is allowed. Throws RangeError for an earlier one. */
  jumpTo(ms: number): void;
};

export const wallSchedulerClock: SchedulerClock = { now: () => Date.now() };

/** A clock that stands still until it is stepped, for replays and tests. `startMs` = milliseconds since 1970 UTC. */
export const createSteppedClock = (startMs: number): SteppedClock => {
  let current = startMs;
  return {
    now: () => current,
    jumpTo: (ms) => {
      if (!Number.isFinite(ms) || ms < current) {
        throw new RangeError(`A stepped clock never runs back: it shows ${current} and was asked to jump to ${ms}.`);
      }
      current = ms;
    },
  };
};

/** True for a clock that does not move by itself. */
export const isStepped = (clock: SchedulerClock): clock is SteppedClock => "jumpTo" in clock;
