import type { Database, Transaction } from "../db/client";
import { StaleCycleError, type CycleRef } from "./cycle-ref";

/** How long a silent cycle keeps its bot (TRADING 1). */
export const LEASE_SECONDS = 30;
/** How often a stage that runs renews it: one renewal may fail. */
export const RENEWAL_MS = 10_000;
/** For a cycle with verdicts that waits for its next try: more than the longest wait of the durable functions. */
export const RETRY_LEASE_SECONDS = 120;

/**
 * Makes the lease last from now, if the cycle still holds it: not under another epoch, nor for another holder.
 * Where a transaction has the bot locked nobody can claim it, and nothing is waited for. Never makes it shorter.
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

/** Renews the cycle's lease and locks the bot for the transaction. Throws StaleCycleError when another holds the bot. */
export const renewLease = async (tx: Transaction, cycle: CycleRef): Promise<void> => {
  const renewed = await tx.$executeRaw`
    UPDATE bot_leases SET expires_at = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
    WHERE bot_id = ${cycle.botId}::uuid AND epoch = ${BigInt(cycle.epoch)} AND holder = ${cycle.holder}`;
  if (renewed !== 1) throw new StaleCycleError(`cycle ${cycle.cycleId} no longer holds its bot: it writes nothing`);
};

/**
 * Keeps the bot while `work` runs, however long that takes: the lease is renewed by a timer of this process, so that
 * one that was killed or stopped loses it. A renewal that cannot reach the database is left to the next.
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
    // One that is on its way must not land after what comes next.
    await renewal;
  }
};
