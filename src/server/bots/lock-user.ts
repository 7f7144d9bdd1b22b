import type { Transaction } from "../db/client";
import { AppError } from "../errors";

/** The lock of all that is counted or summed up for a user. Others may still refer to the user. */
export const lockUser = async (tx: Transaction, userId: string): Promise<void> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT id FROM users WHERE id = ${userId}::uuid AND archived_at IS NULL FOR NO KEY UPDATE`;
  if (rows.length === 0) throw new AppError("not-found", "Your account is closed.");
};
