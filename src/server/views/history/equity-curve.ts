import type { Database } from "../../db/client";

/** As many points as a chart is wide. */
export const POINTS_MAX = 600;

/** `drawdown` is a fraction of the peak, 0 or negative. Floats: for drawing only. */
export type CurvePoint = { readonly at: Date; readonly equity: number; readonly drawdown: number };

/** A bot's equity over all its time, the last point of each of at most 600 equal spans, oldest first. */
export const loadEquityCurve = (db: Database, botId: string): Promise<CurvePoint[]> => db.$queryRaw<CurvePoint[]>`
  WITH points AS (
    SELECT at, equity, peak, extract(epoch FROM at - min(at) OVER ()) AS seconds,
      extract(epoch FROM max(at) OVER () - min(at) OVER ()) AS span
    FROM equity_points WHERE bot_id = ${botId}::uuid
  ), ranked AS (
    SELECT at, equity, peak, row_number() OVER (
      PARTITION BY floor(seconds * ${POINTS_MAX - 1} / nullif(span, 0)) ORDER BY at DESC) AS rank
    FROM points
  )
  SELECT at, equity::float8 AS equity, CASE WHEN peak > 0 THEN ((equity - peak) / peak)::float8 ELSE 0 END AS drawdown
  FROM ranked WHERE rank = 1 ORDER BY at`;
