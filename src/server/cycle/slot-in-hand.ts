import { HAS_CYCLES } from "../books/bot-status-sql";
import { Prisma } from "../db/prisma";
import { CATCH_UP_MAX, GUARD_WAITS_HOURS } from "./catch-up";

/** The newest slot of the bot `b` that passed. */
const newestSlotSql = (now: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`to_timestamp(floor(extract(epoch FROM ${now}) / b.interval_seconds) * b.interval_seconds)`;

/**
 * The slot of the cycle that holds the bot `b` of a query by the current lease `l`, or of a due one that is not stale, or
 * the first that its look is about to cover, also late; null: none. `now`: venue time. Until that cycle ends, dies or goes stale, the
 * guard settles only up to its slot. Otherwise the cycle or look would decide and mark its slot on books of a later time.
 */
export const slotInHandSql = (now: Prisma.Sql): Prisma.Sql => Prisma.sql`(SELECT min(slot) FROM (
  SELECT c.slot FROM cycles c WHERE c.bot_id = b.id AND c.status = 'running' AND l.expires_at > clock_timestamp()
  UNION ALL SELECT c.slot FROM cycles c WHERE c.bot_id = b.id AND c.status = 'due' AND ${HAS_CYCLES}
    AND c.slot > ${now} - b.interval_seconds * interval '1 second'
  UNION ALL SELECT CASE WHEN b.next_due >= ${newestSlotSql(now)} - ${CATCH_UP_MAX}::int * b.interval_seconds * interval '1 second'
        AND b.next_due > ${now} - ${GUARD_WAITS_HOURS}::int * interval '1 hour'
      THEN b.next_due ELSE ${newestSlotSql(now)} END
    WHERE ${HAS_CYCLES} AND b.next_due <= ${now}) AS hand)`;
