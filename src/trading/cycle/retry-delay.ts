import { phaseDelayMs } from "./phase-delay";

/** The waits before the second, third and fourth try. */
const WAITS_MS = [15_000, 30_000, 60_000];
/** Bots that failed together are spread over a quarter of this time. */
const SPREAD_MS = 60_000;

/** How many times a cycle that failed before its verdicts is tried again. */
export const RETRIES_MAX = WAITS_MS.length;

/** The wait (ms of wall time) before the next try of a cycle that had `retries` retries; null: there is no next try. */
export const retryDelayMs = (botId: string, retries: number): number | null => {
  const wait = WAITS_MS[retries];
  return wait === undefined ? null : wait + phaseDelayMs(botId, SPREAD_MS);
};
