import { Prisma } from "../db/prisma";

/** What the trader of the bot `b` locked, as a list; locks whose time has passed lock nothing, and may be among them. */
export const LOCKS = Prisma.sql`(
  SELECT coalesce(json_agg(json_build_object('pair', t.pair, 'until', (extract(epoch FROM t.until) * 1000)::bigint,
    'reason', t.reason)), '[]') FROM trade_locks t WHERE t.bot_id = b.id AND t.unlocked_at IS NULL)`;
