import { createHash } from "node:crypto";
import type { Prisma } from "../db/prisma";

export type AuditContent = {
  readonly previousHash: string;
  readonly createdAt: Date;
  readonly actorId: string | null;
  readonly action: string;
  readonly subject: string;
  readonly details: Prisma.JsonValue;
};

/** One order of keys, since PostgreSQL keeps an object's in an order of its own. */
const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]));
};

const sha256 = (content: unknown): string => createHash("sha256").update(JSON.stringify(content)).digest("hex");

/** The hash of an entry: of all that it says, and of the hash before it. */
export const auditHash = ({ previousHash, createdAt, actorId, action, subject, details }: AuditContent): string =>
  sha256([previousHash, createdAt.toISOString(), actorId, action, subject, sortKeys(details)]);

/** The order in which the first version of the audit, which wrote only limits, hashed what was set. */
const LIMITS = ["grossNotionalMax", "sameSideNotionalMax", "dailyLossMax", "sameSideCorrelation"];

/** The hash of an entry of that version, which did not cover the time. */
export const firstAuditHash = ({ previousHash, actorId, action, subject, details }: AuditContent): string => {
  const given = Object.entries(typeof details === "object" ? (details ?? {}) : {});
  const inOrder = given.toSorted(([one], [other]) => LIMITS.indexOf(one) - LIMITS.indexOf(other));
  return sha256([previousHash, actorId, action, subject, Object.fromEntries(inOrder)]);
};
