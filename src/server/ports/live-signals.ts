/** Wakes subscribers to a user's events, whichever process wrote them. */
export type LiveSignals = {
  /** From this call on no notification is missed, even while nobody waits. */
  subscribe(userId: string): LiveSubscription;
};

type LiveSubscription = {
  /** Resolves when something may be new since the last call, after `timeoutMs`, or when the signal aborts. */
  next(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  close(): void;
};
