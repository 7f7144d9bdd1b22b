import type { DueTimer } from "../base/due-timer";
import type { EventRouter } from "./route-events";
import type { SchedulerClock } from "../base/scheduler-clock";

/** Remembers whether events may have come, so that a claim does not ask the database for them each time. */
export type EventInbox = {
  mark(): void;
  /** Routes what has come. Returns how many events. On an error they stay marked. */
  empty(): Promise<number>;
};

type InboxOptions = { readonly router: EventRouter; readonly clock: SchedulerClock; readonly dueTimer: DueTimer };

export const createEventInbox = ({ router, clock, dueTimer }: InboxOptions): EventInbox => {
  let mayHaveEvents = true;
  const mark = (): void => {
    mayHaveEvents = true;
  };
  return {
    mark,
    empty: async () => {
      if (!mayHaveEvents) return 0;
      mayHaveEvents = false;
      try {
        const routed = await router.routeAll(clock.now());
        routed.laterMs.forEach(dueTimer.arm);
        return routed.events;
      } catch (error) {
        mark();
        throw error;
      }
    },
  };
};
