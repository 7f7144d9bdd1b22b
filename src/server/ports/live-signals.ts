/** Wakes those who wait for a user's events, in whatever process they were written. */
export type LiveSignals = {
  /** Notes that come from now on are not missed, also while nobody waits. */
  subscribe(userId: string): LiveSubscription;
};

type LiveSubscription = {
  /** Resolves when something may be new since the last call, after `timeoutMs`, or when the signal aborts. */
  next(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  close(): void;
};
