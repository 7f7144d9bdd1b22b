import type { Transaction } from "../db/client";
import { LEASE_SECONDS, StaleCycleError, type CycleRef } from "./cycle-ref";

/** Renews the cycle's lease and locks the bot for the transaction. Throws StaleCycleError when another holds the bot. */
export const renewLease = async (tx: Transaction, cycle: CycleRef): Promise<void> => {
  const renewed = await tx.$executeRaw`
    UPDATE bot_leases SET expires_at = clock_timestamp() + ${LEASE_SECONDS} * interval '1 second'
    WHERE bot_id = ${cycle.botId}::uuid AND epoch = ${BigInt(cycle.epoch)} AND holder = ${cycle.holder}`;
  if (renewed !== 1) throw new StaleCycleError(`cycle ${cycle.cycleId} no longer holds its bot: it writes nothing`);
};
