import type { Transaction } from "../db/client";
import type { DueBot } from "./read-page";

/** Bots of which a guard moved a position since they were read: it keeps neither an epoch nor a slot. */
const findMoved = async (tx: Transaction, bots: readonly DueBot[]): Promise<ReadonlySet<string>> => {
  const holding = bots.filter(({ positions }) => positions.length > 0);
  if (holding.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string; settledThrough: Date }[]>`
    SELECT id, settled_through AS "settledThrough" FROM positions
    WHERE bot_id = ANY(${holding.map(({ botId }) => botId)}::uuid[]) AND closed_at IS NULL`;
  const throughOf = new Map(rows.map(({ id, settledThrough }) => [id, settledThrough.getTime()]));
  const isAsRead = ({ positions }: DueBot): boolean =>
    positions.every(({ id, settledThrough }) => throughOf.get(id) === settledThrough);
  return new Set(holding.filter((bot) => !isAsRead(bot)).map(({ botId }) => botId));
};

/** Bots that are as they were read, locked until the transaction ends; one that another has locked is stepped around. */
export const lockUnchanged = async (tx: Transaction, bots: readonly DueBot[]): Promise<ReadonlySet<string>> => {
  const given = bots.map(({ botId, epoch, settingsVersion, nextDue, isHeld }) => ({
    bot_id: botId,
    epoch: String(epoch),
    version: settingsVersion,
    next_due: new Date(nextDue),
    is_held: isHeld,
  }));
  const rows = await tx.$queryRaw<{ botId: string }[]>`
    SELECT l.bot_id AS "botId" FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      AS r(bot_id uuid, epoch bigint, version int, next_due timestamptz, is_held boolean)
    JOIN bot_leases l ON l.bot_id = r.bot_id AND l.epoch = r.epoch
      AND (r.is_held OR l.holder IS NULL OR coalesce(l.expires_at <= clock_timestamp(), true))
    JOIN bots b ON b.id = r.bot_id AND b.status = 'running' AND b.settings_version = r.version AND b.next_due = r.next_due
    ORDER BY l.bot_id FOR UPDATE OF l SKIP LOCKED`;
  const locked = new Set(rows.map(({ botId }) => botId));
  // By a statement of its own: what was committed while this one ran is seen by the next.
  const moved = await findMoved(
    tx,
    bots.filter(({ botId, isHeld }) => locked.has(botId) && !isHeld),
  );
  return new Set([...locked].filter((botId) => !moved.has(botId)));
};
