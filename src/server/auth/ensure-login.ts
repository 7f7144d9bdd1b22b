import { newPasswordSchema } from "~/contracts/credentials";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { hashPassword, verifyPassword } from "./password";

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
  const user = await db.user.upsert({ where: { email }, create: { id: newId(), email }, update: {} });
  if (await verifyPassword(user.passwordHash, password)) return user.id;
  const passwordHash = await hashPassword(password);
  await db.$transaction([
    db.user.update({ where: { id: user.id }, data: { passwordHash } }),
    db.session.updateMany({
      where: { userId: user.id, revokedAt: null },
      data: { revokedAt: new Date(wallNow()) },
    }),
    db.knownDevice.deleteMany({ where: { userId: user.id } }),
  ]);
  return user.id;
};
