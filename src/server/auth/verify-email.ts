import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { findTokenUser, spendToken } from "./one-time-token";

/** Confirms the address of the user to whom this token was mailed. Throws AppError for a token that does not count. */
export const verifyEmail = async (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  { token }: { readonly token: string },
): Promise<void> => {
  const at = new Date(wallNow());
  await inTransaction(db, async (tx) => {
    const presented = { token, purpose: "verifyEmail", at } as const;
    const user = await findTokenUser(tx, presented);
    if (!user || !(await spendToken(tx, presented))) {
      throw new AppError("invalid", "This link was used before, or is too old. Sign in and have a new one sent.");
    }
    await tx.user.update({ where: { id: user.id }, data: { emailVerifiedAt: at } });
    const subject = `user:${user.id}`;
    await appendAudit(tx, { actorId: user.id, action: "email-verified", subject, details: {}, at });
  });
};
