import { isStepped, type SchedulerClock } from "./scheduler-clock";

/** Later instants need no timer: the poll runs before them. */
const LONGEST_WAIT_MS = 60_000;

export type DueTimer = {
  /** Fires at this scheduler instant, or at an earlier one that is already armed. */
  arm(dueMs: number): void;
  clear(): void;
};

/** One timer for the next due instant. Does nothing under a stepped clock, where the driver steps the time. */
export const createDueTimer = (clock: SchedulerClock, fire: () => void): DueTimer => {
  let timer: NodeJS.Timeout | undefined;
  let armedFor = Number.POSITIVE_INFINITY;

  const clear = (): void => {
    clearTimeout(timer);
    armedFor = Number.POSITIVE_INFINITY;
  };

  const arm = (dueMs: number): void => {
    const wait = dueMs - clock.now();
    if (isStepped(clock) || dueMs >= armedFor || wait > LONGEST_WAIT_MS) return;
    clearTimeout(timer);
    armedFor = dueMs;
    timer = setTimeout(
      () => {
        armedFor = Number.POSITIVE_INFINITY;
        fire();
      },
      Math.max(0, wait),
    );
  };

  return { arm, clear };
};
