import { appendAudit } from "../audit/append-audit";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";

type Blocking = { readonly actorId: string; readonly userId: string; readonly isBlocked: boolean };
type LockedUser = { readonly role: "trader" | "admin"; readonly blockedAt: Date | null };

const lockUser = async (tx: Transaction, userId: string): Promise<LockedUser> => {
  const [user] = await tx.$queryRaw<LockedUser[]>`
    SELECT role::text AS role, archived_at AS "blockedAt" FROM users WHERE id = ${userId}::uuid FOR UPDATE`;
  if (!user) throw new AppError("not-found", "There is no such user.");
  return user;
};

/**
 * Keeps a user out, whose sessions end at once, or lets the user in again. Bots go on as they are: their positions stay
 * protected. Throws AppError for an administrator: nobody can shut out the last one, or the one who asks.
 */
export const blockUser = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { actorId, userId, isBlocked }: Blocking,
): Promise<void> => {
  const at = new Date(wallNow());
  await inTransaction(db, async (tx) => {
    const { role, blockedAt } = await lockUser(tx, userId);
    if (role === "admin") throw new AppError("conflict", "An administrator cannot be blocked.");
    // A second click.
    if ((blockedAt !== null) === isBlocked) return;
    // A trigger ends the sessions and mailed links, and forgets the devices.
    await tx.user.update({ where: { id: userId }, data: { archivedAt: isBlocked ? at : null } });
    const [action, subject] = [isBlocked ? "user-blocked" : "user-unblocked", `user:${userId}`];
    await appendAudit(tx, { actorId, action, subject, details: {}, at });
  });
};
