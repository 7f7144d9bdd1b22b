import type { Noted } from "./affects-query";

/** Events that arrive together cause one read. */
const GATHER_MS = 50;

type Refresh = (isAffected: (queryKey: readonly unknown[]) => boolean) => Promise<unknown>;

export type Refresher = { note(message: Noted): void; close(): void };

/**
 * Reads again what messages made stale: one round at a time, and one more for messages that came meanwhile, so that the
 * last round began after the last message and a burst does not pile up requests.
 */
export const createRefresher = (
  refresh: Refresh,
  affects: (message: Noted, queryKey: readonly unknown[]) => boolean,
): Refresher => {
  let waiting: Noted[] = [];
  let isRunning = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const run = async (): Promise<void> => {
    isRunning = true;
    while (waiting.length > 0) {
      const messages = waiting;
      waiting = [];
      // A failed read is shown by its query; the next message tries again.
      await refresh((queryKey) => messages.some((message) => affects(message, queryKey))).catch(() => undefined);
    }
    isRunning = false;
  };

  return {
    note: (message) => {
      waiting.push(message);
      if (isRunning || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        void run();
      }, GATHER_MS);
    },
    close: () => {
      clearTimeout(timer);
      waiting = [];
    },
  };
};
