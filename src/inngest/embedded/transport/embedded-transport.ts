import type { Pool } from "pg";
import { createEmbeddedFetch, type RunnerHooks } from "./embedded-fetch";
import type { SchedulerClock } from "../base/scheduler-clock";

/** Ties a client to a runner: the client needs `fetch` before its functions, and so the runner, can exist. */
export type EmbeddedTransport = {
  readonly fetch: typeof fetch;
  readonly pool: Pool;
  readonly clock: SchedulerClock;
  /** For the runner only. Throws when another runner is attached; returns what detaches it. */
  attach(hooks: RunnerHooks): () => void;
};

export const createEmbeddedTransport = (options: {
  readonly pool: Pool;
  readonly clock: SchedulerClock;
}): EmbeddedTransport => {
  let attached: RunnerHooks | undefined;
  return {
    ...options,
    fetch: createEmbeddedFetch({ ...options, hooks: () => attached }),
    attach: (hooks) => {
      if (attached) throw new Error("This transport has a runner already: make a transport and a client per runner.");
      attached = hooks;
      return () => {
        attached = undefined;
      };
    },
  };
};
