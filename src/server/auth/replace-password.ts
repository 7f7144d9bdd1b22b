import type { Transaction } from "../db/client";
import { openAt } from "./find-session";

export type NewPassword = {
  readonly userId: string;
  readonly passwordHash: string;
  readonly at: Date;
  /** The session that goes on; null: none does. */
  readonly keepSessionId: string | null;
};

type Sessions = { readonly userId: string; readonly at: Date; readonly exceptId: string | null };

/** Ends a user's open sessions, but for one. Returns how many those were. */
export const endSessions = async (tx: Transaction, { userId, at, exceptId }: Sessions): Promise<number> => {
  const open = { userId, ...openAt(at.getTime()) };
  const where = exceptId === null ? open : { ...open, id: { not: exceptId } };
  return (await tx.session.updateMany({ where, data: { revokedAt: at } })).count;
};

/**
 * Stores another password's hash. What the one before has opened is over: other sessions, known devices, and links to
 * choose a new one. Returns how many sessions that ended.
 */
export const replacePassword = async (tx: Transaction, next: NewPassword): Promise<number> => {
  const { userId, passwordHash, at, keepSessionId } = next;
  await tx.user.update({ where: { id: userId }, data: { passwordHash } });
  await tx.knownDevice.deleteMany({ where: { userId } });
  const links = { userId, purpose: "resetPassword", usedAt: null } as const;
  await tx.oneTimeToken.updateMany({ where: links, data: { usedAt: at } });
  return endSessions(tx, { userId, at, exceptId: keepSessionId });
};
