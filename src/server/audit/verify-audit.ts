import type { Database } from "../db/client";
import { auditHash, firstAuditHash, type AuditContent } from "./audit-hash";

const PAGE = 1000;

export type AuditProof = {
  readonly checked: number;
  /** The hash of the last entry: kept elsewhere, it also proves that no later entry was taken away. */
  readonly head: string;
  /** The first entry that is not what was written; null: none. */
  readonly broken: { readonly id: bigint; readonly why: string } | null;
};

type Entry = AuditContent & { readonly id: bigint; readonly hash: string };

const whatIsWrong = (entry: Entry, previousHash: string): string | null => {
  if (entry.previousHash !== previousHash) return "the entry before it is missing or was changed";
  const { hash } = entry;
  return hash === auditHash(entry) || hash === firstAuditHash(entry) ? null : "it says something else than was written";
};

/** Goes through the audit from its beginning until the first entry that does not follow from those before. */
export const verifyAudit = async (db: Pick<Database, "auditEntry">): Promise<AuditProof> => {
  let [checked, head, after] = [0, "", -1n];
  for (;;) {
    const entries = await db.auditEntry.findMany({ where: { id: { gt: after } }, orderBy: { id: "asc" }, take: PAGE });
    for (const entry of entries) {
      const why = whatIsWrong(entry, head);
      if (why !== null) return { checked, head, broken: { id: entry.id, why } };
      [checked, head, after] = [checked + 1, entry.hash, entry.id];
    }
    if (entries.length < PAGE) return { checked, head, broken: null };
  }
};
