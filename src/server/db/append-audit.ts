import { createHash } from "node:crypto";
import type { Transaction } from "./client";
import type { Prisma } from "./prisma";

type Audited = {
  /** Who did it; null: somebody at the machine. */
  readonly actorId: string | null;
  readonly action: string;
  readonly subject: string;
  readonly details: Prisma.InputJsonObject;
};

/** Adds to the audit what was done, in the caller's transaction. Each entry's hash covers the hash of the one before. */
export const appendAudit = async (tx: Transaction, audited: Audited): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('0xbot.audit'))`;
  const last = await tx.auditEntry.findFirst({ orderBy: { id: "desc" }, select: { hash: true } });
  const previousHash = last?.hash ?? "";
  const { actorId, action, subject, details } = audited;
  const content = JSON.stringify([previousHash, actorId, action, subject, details]);
  const hash = createHash("sha256").update(content).digest("hex");
  await tx.auditEntry.create({ data: { ...audited, previousHash, hash } });
};
