import type { Transaction } from "../../db/client";
import { pickBots, type Picking } from "./pick-bots";

/** Equity of a bot over all its time: seconds of venue time beside amounts in plain notation, oldest first. */
export type EquitySample = { readonly botId: string; readonly times: number[]; readonly values: string[] };

/**
 * At most `count` (2 or more) equity values of each bot of the common table `picked`, at even distances from its first
 * point through its last, each the last one known there. Reads `count` rows a bot, however long it lived.
 */
export const sampleEquity = (db: Transaction, picking: Picking, count: number) => db.$queryRaw<EquitySample[]>`
  WITH ${pickBots(picking)}, sampled AS (
    SELECT DISTINCT p.id, e.at, e.equity FROM picked p
    CROSS JOIN LATERAL (SELECT at FROM equity_points WHERE bot_id = p.id ORDER BY at LIMIT 1) f
    CROSS JOIN LATERAL (SELECT at FROM equity_points WHERE bot_id = p.id ORDER BY at DESC LIMIT 1) l
    CROSS JOIN generate_series(0, ${count - 1}::int) n
    CROSS JOIN LATERAL (SELECT at, equity FROM equity_points WHERE bot_id = p.id
      AND at <= CASE WHEN n = ${count - 1}::int THEN l.at
        ELSE f.at + make_interval(secs => extract(epoch FROM l.at - f.at)::float8 * n / ${count - 1}::int) END
      ORDER BY at DESC LIMIT 1) e)
  SELECT id AS "botId", array_agg(extract(epoch FROM at)::float8 ORDER BY at) AS times,
    array_agg(trim_scale(equity)::text ORDER BY at) AS values
  FROM sampled GROUP BY id`;
