import { appendAudit } from "../audit/append-audit";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { auditFailure } from "./audit-failure";
import type { SignedIn } from "./find-session";
import { rememberDevice } from "./known-device";
import { judgeNewPassword } from "./judge-new-password";
import { countTry, forgiveTries } from "./limit-tries";
import { passwordChangedMail } from "./mails";
import { hashPassword, verifyPassword } from "./password";
import { replacePassword } from "./replace-password";
import { auditedVisitor, type Visitor } from "./visitor";

type Change = {
  readonly session: SignedIn;
  readonly current: string;
  readonly next: string;
  readonly visitor: Visitor;
};

type Changed = { readonly ended: number; readonly deviceToken: string };

const refuseCurrent = (): AppError => new AppError("invalid", "The current password is not right.");

/** Returns how many other sessions ended. Throws AppError where the password was changed since it was looked at. */
const saveChange = (
  { db, wallNow }: Pick<Ports, "db" | "wallNow">,
  change: Change,
  hashes: readonly [string, string],
) =>
  inTransaction(db, async (tx) => {
    const { userId, sessionId } = change.session;
    const at = new Date(wallNow());
    const [was, passwordHash] = hashes;
    const { count } = await tx.user.updateMany({ where: { id: userId, passwordHash: was }, data: { passwordHash } });
    if (count === 0) throw refuseCurrent();
    const ended = await replacePassword(tx, { userId, passwordHash, at, keepSessionId: sessionId });
    const [subject, details] = [`user:${userId}`, { ...auditedVisitor(change.visitor), ended }];
    await appendAudit(tx, { actorId: userId, action: "password-changed", subject, details, at });
    return ended;
  });

/**
 * Changes the password of who is signed in and knows the current one; all other sessions end. Returns how many, and the token of this device, which is the only known one now. Throws
 * AppError for a wrong current password or a new one that will not do, TooManyTries for too many guesses.
 */
export const changePassword = async (
  ports: Pick<Ports, "db" | "wallNow" | "mail" | "site">,
  change: Change,
): Promise<Changed> => {
  const { userId, sessionId, email } = change.session;
  // Of this session: who took another one cannot keep its owner from this.
  const tries = { what: "change-password", account: sessionId, address: change.visitor.address } as const;
  await countTry(ports.db, tries);
  const { passwordHash: was } = await ports.db.user.findUniqueOrThrow({ where: { id: userId } });
  if (!(await verifyPassword(was, change.current)) || was === null) {
    await auditFailure(ports, { action: "password-change-failed", userId, visitor: change.visitor });
    throw refuseCurrent();
  }
  await judgeNewPassword(change.next, email);
  const ended = await saveChange(ports, change, [was, await hashPassword(change.next)]);
  await forgiveTries(ports.db, tries);
  ports.mail.post(() => Promise.resolve(passwordChangedMail(ports.site, email)));
  return { ended, deviceToken: await rememberDevice(ports, userId) };
};
