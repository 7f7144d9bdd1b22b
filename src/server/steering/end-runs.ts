import type { Transaction } from "../db/client";

/**
 * Ends the runs that commands started and that have not begun, of bots that are stopped, and with them the commands and
 * what they were to place: a clock that stands would never bring their slots.
 */
export const endRuns = async (tx: Transaction, botIds: readonly string[]): Promise<void> => {
  await tx.$executeRaw`
    UPDATE cycles SET status = 'skipped', skip_reason = 'paused', ended_at = clock_timestamp()
    WHERE bot_id = ANY (${[...botIds]}::uuid[]) AND status = 'due' AND command_id IS NOT NULL`;
};
