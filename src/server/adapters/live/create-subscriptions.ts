/** The subscribers of this process, by topic. */
export type Subscriptions = {
  readonly size: () => number;
  subscribe(topic: string): Subscription;
  wake(topic: string): void;
  wakeAll(): void;
};

type Subscription = { next(timeoutMs: number, signal?: AbortSignal): Promise<void>; close(): void };
type Waiter = { isWoken: boolean; resolve: (() => void) | null };

const wakeUp = (waiter: Waiter): void => {
  waiter.isWoken = true;
  waiter.resolve?.();
};

const waitFor = (waiter: Waiter, timeoutMs: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (waiter.isWoken || signal?.aborted === true) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      waiter.resolve = null;
      resolve();
    };
    const timer = setTimeout(end, timeoutMs);
    signal?.addEventListener("abort", end);
    waiter.resolve = end;
  });

/** A wake that comes while its subscriber is busy is kept for it, once. */
export const createSubscriptions = (onClose: () => void): Subscriptions => {
  const topics = new Map<string, Set<Waiter>>();
  const all = (): Waiter[] => [...topics.values()].flatMap((waiters) => [...waiters]);
  return {
    size: () => all().length,
    wake: (topic) => topics.get(topic)?.forEach(wakeUp),
    wakeAll: () => all().forEach(wakeUp),
    subscribe: (topic) => {
      const waiter: Waiter = { isWoken: false, resolve: null };
      const waiters = topics.get(topic) ?? new Set();
      topics.set(topic, waiters.add(waiter));
      return {
        next: async (timeoutMs, signal) => {
          await waitFor(waiter, timeoutMs, signal);
          waiter.isWoken = false;
        },
        close: () => {
          waiters.delete(waiter);
          if (waiters.size === 0 && topics.get(topic) === waiters) topics.delete(topic);
          onClose();
        },
      };
    },
  };
};
