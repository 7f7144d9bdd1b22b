import { Prisma } from "../db/prisma";

/**
 * Equity by its books of `bots b` with `equity_memories e`, at the stored marks; null until its first cycle has marked a point.
 * A mark alone may be older than the last close.
 */
export const EQUITY_SQL = Prisma.sql`CASE WHEN e.bot_id IS NOT NULL THEN
  (SELECT coalesce(sum(amount), 0) FROM bot_balances WHERE bot_id = b.id AND account IN ('cash', 'margin'))
  + (SELECT coalesce(sum(round((mark - entry_price) * quantity * CASE side WHEN 'long' THEN 1 ELSE -1 END, 8)), 0)
    FROM positions WHERE bot_id = b.id AND closed_at IS NULL) END`;
