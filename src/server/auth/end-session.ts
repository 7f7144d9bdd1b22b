import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import type { SignedIn } from "./find-session";
import { endSessions } from "./replace-password";

type Asker = Pick<SignedIn, "userId" | "sessionId">;

/** Ends one of the user's own sessions. Throws AppError for any other, as for one that never was. */
export const endSession = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
): Promise<void> => {
  const at = new Date(wallNow());
  await inTransaction(db, async (tx) => {
    const where = { id: sessionId, userId, revokedAt: null };
    const { count } = await tx.session.updateMany({ where, data: { revokedAt: at } });
    if (count === 0) throw new AppError("not-found", "There is no such session any more.");
    const [subject, details] = [`user:${userId}`, { sessions: 1 }];
    await appendAudit(tx, { actorId: userId, action: "session-revoked", subject, details, at });
  });
};

/** Ends all sessions of the user but the one that asks. Returns how many those were. */
export const endOtherSessions = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { userId, sessionId }: Asker,
): Promise<number> => {
  const at = new Date(wallNow());
  return inTransaction(db, async (tx) => {
    const sessions = await endSessions(tx, { userId, at, exceptId: sessionId });
    const subject = `user:${userId}`;
    await appendAudit(tx, { actorId: userId, action: "session-revoked", subject, details: { sessions }, at });
    return sessions;
  });
};
