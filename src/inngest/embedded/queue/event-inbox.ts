import type { DueTimer } from "../base/due-timer";
import type { SchedulerClock } from "../base/scheduler-clock";
import type { JobQueue, Job } from "./job-queue";
import type { PlannedRouting } from "../routing/plan-routing";
import { ROUTED_MAX, type EventRouter } from "../routing/route-events";

/** Remembers whether events may have arrived, so that not every claim has to ask the database. */
export type EventInbox = {
  mark(): void;
  /** Routes the events that have arrived, then claims. After an error the inbox still counts as not empty. */
  claim(limit: number): Promise<Job[]>;
};

type InboxOptions = {
  readonly router: EventRouter;
  readonly queue: Pick<JobQueue, "claim" | "routeAndClaim">;
  readonly clock: SchedulerClock;
  readonly dueTimer: DueTimer;
  readonly onRouted: (events: number) => void;
};

export const createEventInbox = ({ router, queue, clock, dueTimer, onRouted }: InboxOptions): EventInbox => {
  let mayHaveEvents = true;

  const noteRouted = ({ now, positions, segments }: PlannedRouting): void => {
    const due = segments.flatMap(({ starts }) => starts.map((start) => start.due_ms));
    due.filter((dueMs) => dueMs > now).forEach(dueTimer.arm);
    onRouted(positions.length);
  };

  const routeAndClaim = async (limit: number): Promise<Job[]> => {
    for (;;) {
      const routing = await router.plan(clock.now());
      if (routing === null) return queue.claim(limit, clock.now());
      const hasMore = routing.positions.length === ROUTED_MAX;
      const jobs = await queue.routeAndClaim(routing, hasMore ? 0 : limit);
      // Null: another runner has already routed some of them. The rest is read again.
      if (jobs === null) continue;
      noteRouted(routing);
      if (!hasMore) return jobs;
    }
  };

  return {
    mark: () => {
      mayHaveEvents = true;
    },
    claim: async (limit) => {
      if (!mayHaveEvents) return queue.claim(limit, clock.now());
      mayHaveEvents = false;
      try {
        return await routeAndClaim(limit);
      } catch (error) {
        mayHaveEvents = true;
        throw error;
      }
    },
  };
};
