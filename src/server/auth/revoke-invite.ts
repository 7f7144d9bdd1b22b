import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";

/** An invitation counts until this time, once, and unless it was taken back. */
export const openInvites = (at: Date) => ({ usedAt: null, revokedAt: null, expiresAt: { gt: at } });

/** What the audit calls an invitation by the hash of its code. */
export const inviteSubject = (codeHash: string): string => `invite:${codeHash.slice(0, 12)}`;

type Revocation = { readonly actorId: string; readonly inviteId: string };

/** Takes an invitation back: nobody registers with it any more. Throws AppError unless it is open. */
export const revokeInvite = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { actorId, inviteId }: Revocation,
): Promise<void> => {
  const at = new Date(wallNow());
  await inTransaction(db, async (tx) => {
    const where = { codeHash: inviteId, ...openInvites(at) };
    const { count } = await tx.invite.updateMany({ where, data: { revokedAt: at } });
    if (count === 0) throw new AppError("not-found", "There is no such invitation that is open.");
    const subject = inviteSubject(inviteId);
    await appendAudit(tx, { actorId, action: "invite-revoked", subject, details: {}, at });
  });
};
