import type { RunnerDatabase } from "./base/runner-database";

const BATCH = 1000;

const CLEAN_UP = { name: "runner-clean-up", text: "select runner.clean_up($1, $2) as deleted" } as const;

/**
 * Deletes ended runs, events and cron slots from before `cutoffMs`, in small transactions.
 * Returns how many rows of these three tables were deleted.
 */
export const cleanUpBefore = async (database: RunnerDatabase, cutoffMs: number): Promise<number> => {
  let total = 0;
  for (;;) {
    const rows = await database.run<{ deleted: number }>(CLEAN_UP, [cutoffMs, BATCH]);
    const deleted = rows[0]?.deleted ?? 0;
    total += deleted;
    if (deleted === 0) return total;
  }
};
