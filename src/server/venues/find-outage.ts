import type { Transaction } from "../db/client";

/** Looked at each minute; an older look says nothing about now. */
const FRESH_MS = 180_000;

/**
 * What is said of a venue that does not answer, by a look of the last three minutes; null when nothing speaks against
 * asking it. `wallNow` in ms.
 */
export const findOutage = async (tx: Transaction, venueId: string, wallNow: number): Promise<string | null> => {
  const health = await tx.venueHealth.findUnique({ where: { venueId } });
  const isOut = health?.state === "unreachable" && health.checkedAt.getTime() > wallNow - FRESH_MS;
  return isOut ? health.message : null;
};
