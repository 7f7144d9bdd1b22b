/** Wakes subscribers to a user's events, whichever process wrote them. */
export type LiveSignals = {
  /** From now on notes are not missed, even while nobody waits. */
  subscribe(userId: string): LiveSubscription;
};

type LiveSubscription = {
  /** Resolves when something may be new since the last call, after `timeoutMs`, or when the signal aborts. */
  next(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  close(): void;
};
