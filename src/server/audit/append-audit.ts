import type { Transaction } from "../db/client";
import type { Prisma } from "../db/prisma";
import { auditHash } from "./audit-hash";

type Audited = {
  /** Who did it; null: somebody who is not signed in, or somebody at the machine. */
  readonly actorId: string | null;
  readonly action: string;
  readonly subject: string;
  /** Never a password, a token or a whole address of a network. */
  readonly details: Prisma.InputJsonObject;
  /** Wall time. */
  readonly at: Date;
};

/**
 * Adds to the audit what was done, in the caller's transaction. Each entry's hash covers the hash of the one before;
 * the lock lasts until the commit, so that no two entries follow the same one.
 */
export const appendAudit = async (tx: Transaction, { at, ...audited }: Audited): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('0xbot.audit'))`;
  const last = await tx.auditEntry.findFirst({ orderBy: { id: "desc" }, select: { hash: true } });
  const content = { ...audited, previousHash: last?.hash ?? "", createdAt: at };
  const hash = auditHash({ ...content, details: audited.details as Prisma.JsonObject });
  await tx.auditEntry.create({ data: { ...content, hash } });
};
