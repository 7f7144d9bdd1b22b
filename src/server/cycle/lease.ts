import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { StaleCycleError, type CycleRef } from "./cycle-ref";

/** How long a cycle keeps its bot without renewing the lease (TRADING 1). */
export const LEASE_SECONDS = 30;
/** How often a running stage renews the lease: one renewal may fail. */
export const RENEWAL_MS = 10_000;
/** The lease of a cycle with verdicts that waits for its next try: longer than any wait between tries of a step. */
export const RETRY_LEASE_SECONDS = 120;

/**
 * Extends the lease to `seconds` from this moment if the cycle still holds it, by epoch and holder. Never shortens it.
 * Does not wait where a transaction has the bot locked, because then no other run can claim it. Answers whether it did.
 */
export const extendLease = async (
  db: Database | Transaction,
  cycle: CycleRef,
  seconds: number = LEASE_SECONDS,
): Promise<boolean> => {
  const extended = await db.$executeRaw`
    UPDATE bot_leases SET expires_at = greatest(expires_at, clock_timestamp() + ${seconds} * interval '1 second')
    WHERE bot_id IN (SELECT bot_id FROM bot_leases WHERE bot_id = ${cycle.botId}::uuid
      AND epoch = ${BigInt(cycle.epoch)} AND holder = ${cycle.holder} FOR UPDATE SKIP LOCKED)`;
  return extended === 1;
};

/** Renews the lease that a cycle holds, and locks the bot. */
export const renewedLease = ({ botId, epoch, holder }: CycleRef): Prisma.Sql => Prisma.sql`
  UPDATE bot_leases SET expires_at = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
  WHERE bot_id = ${botId}::uuid AND epoch = ${BigInt(epoch)} AND holder = ${holder}`;

/** Renews the cycle's lease and locks the bot for the transaction. Throws StaleCycleError when another holds the bot. */
export const renewLease = async (tx: Transaction, cycle: CycleRef): Promise<void> => {
  const renewed = await tx.$executeRaw(renewedLease(cycle));
  if (renewed !== 1) throw new StaleCycleError(`cycle ${cycle.cycleId} no longer holds its bot: it writes nothing`);
};

/**
 * Keeps the bot while `work` runs, however long that takes. A timer of this process renews the lease, so a process that
 * was killed or stopped loses it. When a renewal cannot reach the database, the next one tries again.
 */
export const whileHolding = async <Result>(
  db: Database,
  cycle: CycleRef,
  work: () => Promise<Result>,
): Promise<Result> => {
  let isRenewing = false;
  let renewal = Promise.resolve();
  const renew = async (): Promise<void> => {
    isRenewing = true;
    await extendLease(db, cycle).catch(() => false);
    isRenewing = false;
  };
  const timer = setInterval(() => {
    if (!isRenewing) renewal = renew();
  }, RENEWAL_MS);
  timer.unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
    // A renewal under way must not take effect after later changes of the lease.
    await renewal;
  }
};
