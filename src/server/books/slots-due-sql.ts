import { Prisma } from "../db/prisma";

/** The intervals (`seconds`) of a bot `b` of a query: each version's, from when it was in force until a later one was. */
const INTERVALS = Prisma.sql`(SELECT coalesce(s.in_force_from, '-infinity') AS since,
      coalesce(min(coalesce(s.in_force_from, '-infinity')) OVER (ORDER BY s.version ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING),
        'infinity') AS until,
      CASE WHEN s.version = b.settings_version THEN b.interval_seconds
        ELSE coalesce((s.settings ->> 'intervalSeconds')::int, b.interval_seconds) END AS seconds
    FROM bot_settings s WHERE s.bot_id = b.id)`;

/** How many slots a bot `b` of a query has from one time on and before another, by the interval in force; none before null. */
export const slotsDueSql = (from: Prisma.Sql, until: Prisma.Sql): Prisma.Sql => {
  const since = Prisma.sql`greatest(g.since, ${from})`;
  const through = Prisma.sql`least(g.until, ${until})`;
  return Prisma.sql`(SELECT coalesce(sum(ceil(extract(epoch FROM ${through}) / g.seconds) - ceil(extract(epoch FROM ${since}) / g.seconds))
      FILTER (WHERE ${until} IS NOT NULL AND ${since} < ${through}), 0)::int
    FROM ${INTERVALS} g)`;
};

/** Whether a time is one of the slots that a bot `b` of a query had by the interval that was in force then. */
export const isSlotSql = (at: Prisma.Sql): Prisma.Sql => Prisma.sql`EXISTS (SELECT FROM ${INTERVALS} g
    WHERE g.since <= ${at} AND ${at} < g.until AND mod(extract(epoch FROM ${at})::bigint, g.seconds) = 0)`;
