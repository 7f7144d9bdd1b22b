const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits of Inngest's server by attempt; attempts past the end wait as long as the last entry. */
const WAITS_MS = [
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  40 * MINUTE,
  HOUR,
  2 * HOUR,
] as const;
const JITTER_MS = 30 * SECOND;

/** Milliseconds to wait after the failure of attempt 0, 1, 2 and so on. */
export type RetryBackoff = (attempt: number) => number;

/** Inngest's table plus 0 to 30 s. `random` gives 0 <= x < 1; a replay passes `() => 0` to be reproducible. */
export const createInngestBackoff =
  (random: () => number = Math.random): RetryBackoff =>
  (attempt) => {
    const index = Math.min(Math.max(0, attempt), WAITS_MS.length - 1);
    return (WAITS_MS[index] ?? 0) + Math.floor(random() * JITTER_MS);
  };
