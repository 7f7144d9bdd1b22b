import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import { sessionIdOf } from "./session-token";

/** Signs out: ends the session of a cookie's token at once and for good. Harmless when there is none. */
export const revokeSession = async ({ db, wallNow }: Pick<Ports, "db" | "wallNow">, token: string): Promise<void> => {
  const at = new Date(wallNow());
  await inTransaction(db, async (tx) => {
    const where = { id: sessionIdOf(token), revokedAt: null };
    const ended = await tx.session.updateManyAndReturn({ where, data: { revokedAt: at }, select: { userId: true } });
    for (const { userId } of ended) {
      await appendAudit(tx, { actorId: userId, action: "sign-out", subject: `user:${userId}`, details: {}, at });
    }
  });
};
