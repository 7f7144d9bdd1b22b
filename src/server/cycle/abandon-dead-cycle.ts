import type { Transaction } from "../db/client";
import { expireUnsent } from "../orders/expire-unsent";

/** Ends the cycles of a bot whose holders died, but for one that goes on; their unsent orders expire. Under the bot's lock. */
export const abandonDeadCycle = async (
  tx: Transaction,
  { botId, cycleId = null }: { readonly botId: string; readonly cycleId?: string | null },
): Promise<void> => {
  const dead = await tx.$queryRaw<{ id: string }[]>`
    UPDATE cycles SET status = 'abandoned', ended_at = clock_timestamp()
    WHERE bot_id = ${botId}::uuid AND status = 'running' AND id IS DISTINCT FROM ${cycleId}::uuid RETURNING id`;
  await expireUnsent(tx, { cycleIds: dead.map(({ id }) => id), reason: "its cycle was abandoned" });
};
