import { appendAudit } from "../audit/append-audit";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import type { Ports } from "../ports";
import { judgeNewPassword } from "./judge-new-password";
import { countTry } from "./limit-tries";
import { alreadyRegisteredMail } from "./mails";
import { hashPassword } from "./password";
import { mailVerification } from "./request-verification";
import { openInvites } from "./revoke-invite";
import { sessionIdOf as hashOf } from "./session-token";
import { auditedVisitor, type Visitor } from "./visitor";

type RegisterPorts = Pick<Ports, "db" | "newId" | "wallNow" | "mail" | "site">;

export type Registration = {
  readonly email: string;
  readonly password: string;
  readonly invite?: string | undefined;
  readonly visitor: Visitor;
};

const refuseInvite = (): AppError =>
  new AppError("invalid", "This invitation is not known, was used or taken back, or is too old. Ask for another.");

const openInvite = (codeHash: string, at: Date) => ({ codeHash, ...openInvites(at) });

/** Throws AppError where nobody may register, or not with this invitation. Returns the invitation's hash; null: none is needed. */
const checkDoor = async ({ db, site, wallNow }: RegisterPorts, invite: string | undefined): Promise<string | null> => {
  if (site.registration === "closed") throw new AppError("invalid", "Nobody can register here.");
  if (site.registration === "open") return null;
  const codeHash = hashOf(invite?.trim() ?? "");
  if ((await db.invite.count({ where: openInvite(codeHash, new Date(wallNow())) })) === 0) throw refuseInvite();
  return codeHash;
};

type NewUser = {
  readonly id: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly codeHash: string | null;
};

/** Saves the user, if the address has no account. Returns whose account the address is, and whether it is new. */
const saveUser = async (tx: Transaction, { codeHash, ...user }: NewUser, at: Date) => {
  if (codeHash !== null) {
    const { count } = await tx.invite.updateMany({ where: openInvite(codeHash, at), data: { usedAt: at } });
    if (count === 0) throw refuseInvite();
  }
  const { count } = await tx.user.createMany({ data: [{ ...user, role: "trader" }], skipDuplicates: true });
  const { id } = await tx.user.findUniqueOrThrow({ where: { email: user.email }, select: { id: true } });
  const isNew = count === 1;
  if (isNew && codeHash !== null) await tx.invite.update({ where: { codeHash }, data: { usedById: id } });
  return { id, isNew };
};

/**
 * Makes an account for a trader. Where the address has one, nothing is changed and its mailbox is told; the answer is
 * the same, and takes as long. Throws AppError for a password that will not do or where the person may not register.
 */
export const register = async (
  ports: RegisterPorts,
  { email, password, invite, visitor }: Registration,
): Promise<void> => {
  const { db, mail, site, newId, wallNow } = ports;
  // Before the count: it tells nothing of accounts, and who chooses a password must not run out of tries.
  await judgeNewPassword(password, email);
  await countTry(db, { what: "register", account: email, address: visitor.address });
  const codeHash = await checkDoor(ports, invite);
  const passwordHash = await hashPassword(password);
  const at = new Date(wallNow());
  const { id, isNew } = await inTransaction(db, async (tx) => {
    const saved = await saveUser(tx, { id: newId(), email, passwordHash, codeHash }, at);
    const action = saved.isNew ? "registered" : "registered-again";
    const [actorId, subject] = [saved.isNew ? saved.id : null, `user:${saved.id}`];
    await appendAudit(tx, { actorId, action, subject, details: auditedVisitor(visitor), at });
    return saved;
  });
  if (isNew) mailVerification(ports, id);
  else mail.post(() => Promise.resolve(alreadyRegisteredMail(site, email)));
};
