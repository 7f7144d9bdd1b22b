import { createHash } from "node:crypto";

/** A B-tree entry must stay small: a longer key is hashed. */
const LONGEST_PLAIN_KEY = 200;

/**
 * A value as it is looked up in the database: its JSON, so that 1 and "1" differ; hashed when long.
 * Undefined for a missing value or null: such a key matches nothing.
 */
export const lookupKey = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return undefined;
  const text = JSON.stringify(value);
  return text.length <= LONGEST_PLAIN_KEY ? text : `sha256:${createHash("sha256").update(text).digest("hex")}`;
};
