import type { Database } from "../../db/client";
import type { OwnBotId } from "../../tenant/own-id";

/** As many points as a chart is wide. */
export const POINTS_MAX = 600;

/** `drawdown` is a fraction of the peak, 0 or negative. Floats: for drawing only. */
export type CurvePoint = { readonly at: Date; readonly equity: number; readonly drawdown: number };

/**
 * A bot's equity over all its time, the last point of each of at most 600 equal spans, oldest first. Looks up so many
 * points, however many there are; a span without any repeats the point before it.
 */
export const loadEquityCurve = (db: Database, botId: OwnBotId): Promise<CurvePoint[]> => db.$queryRaw<CurvePoint[]>`
  WITH life AS (
    SELECT f.at AS first, extract(epoch FROM l.at - f.at) * 1000 AS span
    FROM (SELECT at FROM equity_points WHERE bot_id = ${botId}::uuid ORDER BY at LIMIT 1) f,
      (SELECT at FROM equity_points WHERE bot_id = ${botId}::uuid ORDER BY at DESC LIMIT 1) l
  ), drawn AS (
    SELECT DISTINCT p.at, p.equity, p.peak FROM life CROSS JOIN generate_series(1, ${POINTS_MAX}::int) n
    CROSS JOIN LATERAL (SELECT at, equity, peak FROM equity_points WHERE bot_id = ${botId}::uuid
      AND at < life.first + greatest(ceil(life.span * n / ${POINTS_MAX - 1}::int), 1)::float8 * interval '1 millisecond'
      ORDER BY at DESC LIMIT 1) p
  )
  SELECT at, equity::float8 AS equity, CASE WHEN peak > 0 THEN ((equity - peak) / peak)::float8 ELSE 0 END AS drawdown
  FROM drawn ORDER BY at`;
