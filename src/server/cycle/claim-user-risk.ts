import type { UserRiskRef } from "../books/user-risk";
import { Prisma } from "../db/prisma";

/** What a stage that approves entries was computed on beside the books. */
export type UserClaim = UserRiskRef & { readonly userId: string };

/**
 * Gives a row where the user's limits, and what was approved under them, are still those that were read, and the stage in
 * `checked` may write. It holds the user's row, after the bot's lease and never with another's, until the statement ends:
 * under limits for itself alone and with the next version, so that no other approval can have read the same sums.
 */
export const claimOf = ({ userId, version, isLimited }: UserClaim): Prisma.Sql => {
  const isSame = Prisma.sql`r.user_id = ${userId}::uuid AND r.version = ${BigInt(version)}`;
  return isLimited
    ? Prisma.sql`UPDATE user_risk r SET version = r.version + 1 FROM checked WHERE ${isSame} RETURNING r.user_id`
    : Prisma.sql`SELECT r.user_id FROM user_risk r, checked WHERE ${isSame} FOR SHARE OF r`;
};
