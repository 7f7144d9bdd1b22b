import { Prisma } from "../db/prisma";

/**
 * Which slots a row `r` (bot_id, next_due, through, seconds) of a query missed: the first (`slot`) that no cycle accounts
 * for, and how many (`count`); no row where each has a cycle, like one of a run by command.
 */
export const MISSED_SLOTS = Prisma.sql`LATERAL (
  SELECT f.slot, (1 + extract(epoch FROM r.through - f.slot)::bigint / r.seconds - (
    SELECT count(*) FROM cycles c WHERE c.bot_id = r.bot_id AND c.slot > f.slot AND c.slot <= r.through
      AND mod(extract(epoch FROM c.slot - f.slot)::bigint, r.seconds) = 0))::int AS count
  FROM (
    SELECT min(a.slot) AS slot FROM (
      SELECT r.next_due AS slot
      UNION ALL SELECT c.slot + make_interval(secs => r.seconds) FROM cycles c
      WHERE c.bot_id = r.bot_id AND c.slot >= r.next_due AND c.slot < r.through
        AND mod(extract(epoch FROM c.slot - r.next_due)::bigint, r.seconds) = 0) a
    WHERE NOT EXISTS (SELECT 1 FROM cycles c WHERE c.bot_id = r.bot_id AND c.slot = a.slot)) f
  WHERE f.slot IS NOT NULL)`;
