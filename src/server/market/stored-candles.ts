import { invariant } from "~/trading/invariant";
import type { Candle } from "~/trading/market/candle";
import type { Timeframe } from "~/trading/market/timeframe";
import type { Database } from "../db/client";

export type Coverage = { readonly from: number; readonly through: number };
type Series = { readonly marketId: number; readonly timeframe: Timeframe };

/** The span of open times [from, through) that has been asked for; null when nothing was. */
export const loadCoverage = async (db: Database, marketId: number, timeframe: Timeframe): Promise<Coverage | null> => {
  const row = await db.candleCoverage.findUnique({ where: { marketId_timeframe: { marketId, timeframe } } });
  return row && { from: row.from.getTime(), through: row.through.getTime() };
};

/**
 * Stored candles that open in [from, through), ascending; null when the coverage does not hold all of the span (any
 * more): housekeeping drops old candles at any moment. Both are read at one instant.
 */
export const loadCandles = async (db: Database, series: Series & Coverage): Promise<Candle[] | null> => {
  const { marketId, timeframe, from, through } = series;
  if (from >= through) return [];
  const [covered, rows] = await db.$transaction(
    [
      db.candleCoverage.findUnique({ where: { marketId_timeframe: { marketId, timeframe } } }),
      db.candle.findMany({
        where: { marketId, timeframe, openTime: { gte: new Date(from), lt: new Date(through) } },
        orderBy: { openTime: "asc" },
      }),
    ],
    { isolationLevel: "RepeatableRead" },
  );
  if (covered === null || covered.from.getTime() > from || covered.through.getTime() < through) return null;
  return rows.map(toCandle);
};

type CandleRow = Omit<Candle, "openTime"> & { readonly openTime: Date };

/** A stored row, which has more columns, as the core's candle. */
export const toCandle = ({ openTime, open, high, low, close, volume }: CandleRow): Candle => ({
  openTime: openTime.getTime(),
  open,
  high,
  low,
  close,
  volume,
});

type SavedRow = { readonly changed: Date | null; readonly from: Date | null; readonly through: Date | null };

/**
 * Stores what the venue answered for a span and extends the coverage, which stays one piece: a span that does not touch
 * it is stored but not covered. Returns the coverage. A candle that is there already must be equal: one that differs is
 * a broken invariant, never an update, and then nothing is written. One statement, so it is whole or not at all.
 */
export const saveCandles = async (
  db: Database,
  batch: Series & Coverage & { readonly candles: readonly Candle[] },
): Promise<Coverage> => {
  const { marketId, timeframe, candles, from, through } = batch;
  const column = <Key extends keyof Candle>(key: Key) => candles.map((candle) => candle[key]);
  const openTimes = column("openTime").map((time) => new Date(time));
  const [saved] = await db.$queryRaw<[SavedRow]>`
    WITH sent AS (
      SELECT * FROM unnest(${openTimes}::timestamptz[], ${column("open")}::float8[], ${column("high")}::float8[],
        ${column("low")}::float8[], ${column("close")}::float8[], ${column("volume")}::float8[])
        AS s (open_time, open, high, low, close, volume)
    ), changed AS (
      SELECT s.open_time FROM sent s JOIN candles k ON k.market_id = ${marketId} AND k.timeframe = ${timeframe} AND k.open_time = s.open_time
      WHERE (k.open, k.high, k.low, k.close, k.volume) IS DISTINCT FROM (s.open, s.high, s.low, s.close, s.volume)
    ), inserted AS (
      INSERT INTO candles (market_id, timeframe, open_time, open, high, low, close, volume)
      SELECT ${marketId}, ${timeframe}, s.* FROM sent s WHERE NOT EXISTS (SELECT 1 FROM changed)
      ON CONFLICT DO NOTHING
    ), covered AS (
      INSERT INTO candle_coverages AS c (market_id, timeframe, "from", "through")
      SELECT ${marketId}, ${timeframe}, ${new Date(from)}::timestamptz, ${new Date(through)}::timestamptz
      WHERE NOT EXISTS (SELECT 1 FROM changed)
      ON CONFLICT (market_id, timeframe) DO UPDATE SET
        "from" = CASE WHEN c."from" <= excluded."through" AND excluded."from" <= c."through" THEN least(c."from", excluded."from") ELSE c."from" END,
        "through" = CASE WHEN c."from" <= excluded."through" AND excluded."from" <= c."through" THEN greatest(c."through", excluded."through") ELSE c."through" END
      RETURNING c."from", c."through"
    )
    SELECT (SELECT min(open_time) FROM changed) AS changed, (SELECT "from" FROM covered), (SELECT "through" FROM covered)`;
  const what = `${timeframe} candles of market ${marketId}`;
  invariant(saved.changed === null, `${what}: the candle of ${saved.changed?.toISOString()} never changes`);
  invariant(saved.from && saved.through, `${what}: saving covers a span`);
  return { from: saved.from.getTime(), through: saved.through.getTime() };
};
