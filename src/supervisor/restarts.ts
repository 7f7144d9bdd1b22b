const ATTEMPTS_MAX = 5;
const FIRST_WAIT_MS = 500;
/** Who lived for so long was well: what ends it then is a new trouble. */
const WELL_AFTER_MS = 60_000;

/**
 * How long to wait before something that ended by itself is started again, ms: twice as long each time; null when it
 * ended five times in a row. `clock` is monotonic, in ms.
 */
export const createRestarts = (clock: () => number = () => performance.now()) => {
  let attempts = 0;
  let startedAt = clock();
  return {
    next: (): number | null => {
      if (clock() - startedAt >= WELL_AFTER_MS) attempts = 0;
      if (attempts >= ATTEMPTS_MAX) return null;
      const waitMs = FIRST_WAIT_MS * 2 ** attempts;
      attempts += 1;
      startedAt = clock() + waitMs;
      return waitMs;
    },
  };
};
