import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 20;

/** Checks repeatedly until `condition` holds; false when it does not hold within `patienceMs`. */
export const waitUntil = async (condition: () => boolean, patienceMs: number): Promise<boolean> => {
  const deadline = performance.now() + patienceMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
};
