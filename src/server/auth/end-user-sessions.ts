import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import type { SignedIn } from "./find-session";
import { endSessions } from "./replace-password";

type Ending = { readonly asker: Pick<SignedIn, "userId" | "sessionId">; readonly userId: string };

/**
 * Ends all sessions of a user for an administrator, but for the one that asks. Returns how many those were. Throws
 * AppError for a user that is not there.
 */
export const endUserSessions = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { asker, userId }: Ending,
): Promise<number> => {
  const at = new Date(wallNow());
  return inTransaction(db, async (tx) => {
    const isThere = (await tx.user.count({ where: { id: userId } })) > 0;
    if (!isThere) throw new AppError("not-found", "There is no such user.");
    const sessions = await endSessions(tx, { userId, at, exceptId: asker.sessionId });
    const [actorId, subject] = [asker.userId, `user:${userId}`];
    await appendAudit(tx, { actorId, action: "session-revoked", subject, details: { sessions }, at });
    return sessions;
  });
};
