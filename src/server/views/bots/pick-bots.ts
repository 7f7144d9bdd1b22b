import { Prisma } from "../../db/prisma";
import { venueTimeSql } from "../../venues/venue-time-sql";

/** A user's own bots that are not archived, some of these by their ids, or one bot, which may be archived. */
export type BotSelection = { readonly userId: string; readonly botId?: string; readonly botIds?: readonly string[] };

/** Whom to read, at a wall time in ms: venue time is computed from it by each venue's clock. */
export type Picking = BotSelection & { readonly wallNow: number };

const wantedOf = ({ botId, botIds }: BotSelection): Prisma.Sql => {
  if (botId !== undefined) return Prisma.sql`b.id = ${botId}::uuid`;
  if (botIds === undefined) return Prisma.sql`b.status <> 'archived'`;
  return Prisma.sql`b.status <> 'archived' AND b.id = ANY(${[...botIds]}::uuid[])`;
};

/** The common table `picked`: the selected bots with the time of their venue (`venue_now`) and their settings. */
export const pickBots = ({ wallNow, ...selection }: Picking): Prisma.Sql => {
  const { userId } = selection;
  const wanted = wantedOf(selection);
  return Prisma.sql`picked AS (
    SELECT b.id, b.name, b.status, b.trading_state, b.account_kind, b.settings_version, b.interval_seconds, b.allotment,
      b.next_due, b.created_at, a.currency, v.id AS venue_id, v.kind AS venue_kind, v.name AS venue_name, v.archived_at,
      v.opened_at, k.speed, s.settings, ${venueTimeSql(wallNow)} AS venue_now
    FROM bots b JOIN accounts a ON a.id = b.account_id JOIN venues v ON v.id = a.venue_id
    JOIN bot_settings s ON s.bot_id = b.id AND s.version = b.settings_version
    LEFT JOIN venue_clocks k ON k.venue_id = v.id
    WHERE b.user_id = ${userId}::uuid AND ${wanted} ORDER BY b.created_at, b.id)`;
};
