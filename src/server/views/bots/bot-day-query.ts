import type { Prisma } from "../../db/prisma";
import type { Transaction } from "../../db/client";

type Amount = { toString(): string };

/** A bot's UTC day of venue time, and the trades by which losses in a row are counted. */
export type BotDay = {
  readonly botId: string;
  /** The last point at or before the day's start; null: it began later, with its capital. */
  readonly dayStart: Amount | null;
  /** The lowest point of the day so far; null: none yet. */
  readonly dayLow: Amount | null;
  /** Exits of the last 90 days if one within the length of the loss pause lost, else null; ms, in their order. */
  readonly exits: number[] | null;
  readonly results: Amount[] | null;
};

/** What the gate looks back on before an entry (entry-history, portfolio-view), for many bots at once. */
export const selectDays = (db: Transaction, picked: Prisma.Sql) => db.$queryRaw<BotDay[]>`
  WITH ${picked}, days AS (
    SELECT id, venue_now, date_trunc('day', venue_now, 'UTC') AS day, status,
      make_interval(secs => (settings #>> '{risk,lossPauseHours}')::float8 * 3600) AS pause FROM picked)
  SELECT d.id AS "botId", s.equity AS "dayStart", w.low AS "dayLow", t.exits, t.results
  FROM days d
  LEFT JOIN LATERAL (SELECT equity FROM equity_points WHERE bot_id = d.id AND at <= d.day ORDER BY at DESC LIMIT 1) s ON true
  LEFT JOIN LATERAL (SELECT min(equity) AS low FROM equity_points WHERE bot_id = d.id AND at >= d.day AND d.status = 'running') w ON true
  LEFT JOIN LATERAL (SELECT array_agg(extract(epoch FROM exited_at)::float8 * 1000 ORDER BY exited_at, market_id) AS exits,
    array_agg(realized_pnl ORDER BY exited_at, market_id) AS results
    FROM trades WHERE bot_id = d.id AND exited_at >= d.venue_now - interval '90 days' AND d.status = 'running'
      AND EXISTS (SELECT 1 FROM trades r WHERE r.bot_id = d.id AND r.exited_at > d.venue_now - d.pause AND r.realized_pnl < 0)
    ) t ON true`;
