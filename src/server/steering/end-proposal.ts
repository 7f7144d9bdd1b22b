import type { Transaction } from "../db/client";

/**
 * Ends a proposal that waits for its trader, whom a trigger tells of it. Answers whether it did: another may have been
 * first.
 */
export const expireProposal = async (
  tx: Transaction,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<boolean> => {
  const count = await tx.$executeRaw`
    UPDATE proposals SET state = 'expired', reason = ${reason}, ended_at = clock_timestamp()
    WHERE id = ${id}::uuid AND state = 'proposed'`;
  return count > 0;
};
