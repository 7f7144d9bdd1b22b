import { newPasswordSchema } from "~/contracts/credentials";
import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { hashPassword, verifyPassword } from "./password";
import { replacePassword } from "./replace-password";

/**
 * Creates the user if missing, and makes this the account's password. If another password was set, its hash is
 * replaced, every open session ends and no device stays known. Throws AppError for an invalid password. Returns the id.
 */
export const ensureLogin = async (
  { db, newId, wallNow }: Pick<Ports, "db" | "newId" | "wallNow">,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<string> => {
  const parsed = newPasswordSchema.safeParse(password);
  if (!parsed.success) {
    throw new AppError("invalid", `The password ${parsed.error.issues[0]?.message ?? "will not do"}.`);
  }
  const at = new Date(wallNow());
  const create = { id: newId(), email, emailVerifiedAt: at };
  const user = await db.user.upsert({ where: { email }, create, update: {} });
  if (await verifyPassword(user.passwordHash, password)) return user.id;
  const passwordHash = await hashPassword(password);
  await inTransaction(db, async (tx) => {
    const ended = await replacePassword(tx, { userId: user.id, passwordHash, at, keepSessionId: null });
    const subject = `user:${user.id}`;
    await appendAudit(tx, { actorId: null, action: "password-changed", subject, details: { ended }, at });
  });
  return user.id;
};
