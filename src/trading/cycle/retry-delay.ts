import { phaseDelayMs } from "./phase-delay";

/** Before the second, third and fourth try. */
const WAITS_MS = [15_000, 30_000, 60_000];
/** Bots that failed together are spread over a quarter of it. */
const SPREAD_MS = 60_000;

/** How often a cycle that failed before its verdicts is tried again. */
export const RETRIES_MAX = WAITS_MS.length;

/** How long (ms of wall time) a cycle that was tried again `retries` times waits for its next try; null: it has none. */
export const retryDelayMs = (botId: string, retries: number): number | null => {
  const wait = WAITS_MS[retries];
  return wait === undefined ? null : wait + phaseDelayMs(botId, SPREAD_MS);
};
