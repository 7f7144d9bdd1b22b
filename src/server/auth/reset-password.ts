import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { rememberDevice } from "./known-device";
import { judgeNewPassword } from "./judge-new-password";
import { passwordChangedMail } from "./mails";
import { findTokenUser, spendToken } from "./one-time-token";
import { hashPassword } from "./password";
import { replacePassword } from "./replace-password";
import { auditedVisitor, type Visitor } from "./visitor";

type Reset = { readonly token: string; readonly password: string; readonly visitor: Visitor };

const refuseLink = (): AppError =>
  new AppError("invalid", "This link was used before, or is too old. Ask for a new one.");

/**
 * Sets the password of the user to whom this token was mailed and ends all of that user's sessions. Who reads the mail
 * has the address, so it is confirmed too. Returns the token of the device, which gets in now while others guess. Throws AppError for a token that does not count, or a password that will not do.
 */
export const resetPassword = async (
  ports: Pick<Ports, "db" | "wallNow" | "mail" | "site">,
  { token, password, visitor }: Reset,
): Promise<string> => {
  const { db, wallNow, mail, site } = ports;
  const at = new Date(wallNow());
  const presented = { token, purpose: "resetPassword", at } as const;
  const user = await findTokenUser(db, presented);
  if (!user) throw refuseLink();
  await judgeNewPassword(password, user.email);
  const passwordHash = await hashPassword(password);
  const { id: userId, email } = user;
  await inTransaction(db, async (tx) => {
    if (!(await spendToken(tx, presented))) throw refuseLink();
    const ended = await replacePassword(tx, { userId, passwordHash, at, keepSessionId: null });
    await tx.user.updateMany({ where: { id: userId, emailVerifiedAt: null }, data: { emailVerifiedAt: at } });
    const details = { ...auditedVisitor(visitor), ended };
    await appendAudit(tx, { actorId: userId, action: "password-reset", subject: `user:${userId}`, details, at });
  });
  mail.post(() => Promise.resolve(passwordChangedMail(site, email)));
  return rememberDevice(ports, userId);
};
