import type { DueTimer } from "../base/due-timer";
import type { EventRouter } from "./route-events";
import type { SchedulerClock } from "../base/scheduler-clock";

/** Remembers whether events may have arrived, so that not every claim has to ask the database. */
export type EventInbox = {
  mark(): void;
  /** Routes the events that have arrived and returns how many. After an error the inbox still counts as not empty. */
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
