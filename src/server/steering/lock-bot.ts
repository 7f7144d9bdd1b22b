import type { SteeredBot } from "~/trading/steering/decide-status";
import { abandonDeadCycle } from "../cycle/abandon-dead-cycle";
import type { Transaction } from "../db/client";
import { shownTimeSql } from "../venues/venue-time-sql";

/** A bot whose commands are taken, locked until the transaction ends. `now`: its venue's time, ms. */
export type LockedBot = SteeredBot & {
  readonly botId: string;
  readonly userId: string;
  readonly name: string;
  readonly now: number;
  readonly intervalMs: number;
  /** The first slot that nobody accounted for, ms; null: none yet. */
  readonly nextDue: number | null;
};

type Row = Omit<LockedBot, "now" | "intervalMs" | "nextDue"> & {
  readonly now: Date;
  readonly intervalSeconds: number;
  readonly nextDue: Date | null;
  /** A cycle has it now. */
  readonly isHeld: boolean;
  readonly hasDeadCycle: boolean;
};

const readRow = async (tx: Transaction, botId: string, wallNow: number): Promise<Row> => {
  // A separate statement: one that waits for a lock reads other rows as they were before it waited.
  await tx.$queryRaw`SELECT 1 FROM bot_leases WHERE bot_id = ${botId}::uuid FOR UPDATE`;
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT b.id AS "botId", b.user_id AS "userId", b.name, b.status, b.interval_seconds AS "intervalSeconds",
      b.next_due AS "nextDue", coalesce(b.stopped_reason = 'market-not-running', false) AS "isMarketGone",
      (SELECT count(*)::int FROM positions p WHERE p.bot_id = b.id AND p.closed_at IS NULL) AS "openPositions",
      ${shownTimeSql(wallNow)} AS now, l.holder IS NOT NULL AND coalesce(l.expires_at > clock_timestamp(), false) AS "isHeld",
      EXISTS (SELECT 1 FROM cycles c WHERE c.bot_id = b.id AND c.status = 'running') AS "hasDeadCycle"
    FROM bots b JOIN bot_leases l ON l.bot_id = b.id LEFT JOIN venue_clocks k ON k.venue_id = b.venue_id
    WHERE b.id = ${botId}::uuid`;
  if (!row) throw new Error(`there is no bot ${botId}`);
  return row;
};

/** A bot that is locked, also where a cycle has it: that one goes on as it began. */
export type BotAtWork = { readonly bot: LockedBot; readonly isHeld: boolean };

/**
 * Locks a bot so that what its next cycle begins with can be changed. A cycle that died with it has ended then, and what
 * a look read of it before is refused by the new epoch.
 */
export const lockBotAtWork = async (tx: Transaction, botId: string, wallNow: number): Promise<BotAtWork> => {
  const { isHeld, hasDeadCycle, now, intervalSeconds, nextDue, ...row } = await readRow(tx, botId, wallNow);
  if (!isHeld) {
    if (hasDeadCycle) await abandonDeadCycle(tx, { botId });
    await tx.$executeRaw`UPDATE bot_leases SET epoch = epoch + 1 WHERE bot_id = ${botId}::uuid`;
  }
  const times = { now: now.getTime(), intervalMs: intervalSeconds * 1000, nextDue: nextDue?.getTime() ?? null };
  return { bot: { ...row, ...times }, isHeld };
};

/**
 * Locks a bot so that what it holds and may do can be changed; null while a cycle has it. A cycle that died with it has
 * ended then, and what any other read of it before is refused by the new epoch: nobody goes on by what was so before.
 */
export const lockBot = async (tx: Transaction, botId: string, wallNow: number): Promise<LockedBot | null> => {
  const { bot, isHeld } = await lockBotAtWork(tx, botId, wallNow);
  return isHeld ? null : bot;
};
