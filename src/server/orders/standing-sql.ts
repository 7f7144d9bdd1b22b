import { Prisma } from "../db/prisma";

/** Statuses of orders that were sent and whose end is not known, for a query that the partial index serves. */
export const STANDING_SQL = Prisma.sql`('submitting', 'accepted', 'partiallyFilled', 'unknown')`;

/** Whether the bot `b` of a query has such an order. */
export const HAS_STANDING_ORDER = Prisma.sql`EXISTS (SELECT 1 FROM orders o JOIN order_intents i ON i.id = o.intent_id
  WHERE o.account_id = b.account_id AND i.bot_id = b.id AND o.status IN ${STANDING_SQL})`;
