import { invariant, InvariantError } from "~/trading/invariant";
import type { Candle } from "~/trading/market/candle";
import type { Timeframe } from "~/trading/market/timeframe";
import type { Database } from "../db/client";
import { retryConflicts } from "../db/in-transaction";

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

/** What the venue answered for a span of a series. */
export type CandleBatch = Series & Coverage & { readonly candles: readonly Candle[] };

const saveSorted = (db: Database, batches: readonly CandleBatch[]): Promise<SavedRow[]> => {
  const spans = batches.map(({ marketId, timeframe, from, through }) => ({
    market_id: marketId,
    timeframe,
    from: new Date(from).toISOString(),
    through: new Date(through).toISOString(),
  }));
  const candles = batches.flatMap((batch) => batch.candles);
  const column = <Key extends keyof Candle>(key: Key) => candles.map((candle) => candle[key]);
  const ordinals = batches.flatMap((batch, index) => batch.candles.map(() => index + 1));
  const openTimes = column("openTime").map((time) => new Date(time));
  return db.$queryRaw<SavedRow[]>`
    WITH asked AS (
      SELECT * FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(spans)}::jsonb)
        AS (market_id int, timeframe text, "from" timestamptz, "through" timestamptz)) WITH ORDINALITY
    ), sent AS (
      SELECT a.market_id, a.timeframe, a.ordinality, s.open_time, s.open, s.high, s.low, s.close, s.volume
      FROM unnest(${ordinals}::bigint[], ${openTimes}::timestamptz[], ${column("open")}::float8[], ${column("high")}::float8[],
        ${column("low")}::float8[], ${column("close")}::float8[], ${column("volume")}::float8[])
        AS s (ordinality, open_time, open, high, low, close, volume) JOIN asked a USING (ordinality)
    ), changed AS (
      SELECT s.ordinality, min(s.open_time) AS open_time FROM sent s JOIN candles k USING (market_id, timeframe, open_time)
      WHERE (k.open, k.high, k.low, k.close, k.volume) IS DISTINCT FROM (s.open, s.high, s.low, s.close, s.volume)
      GROUP BY s.ordinality
    ), inserted AS (
      INSERT INTO candles (market_id, timeframe, open_time, open, high, low, close, volume)
      SELECT market_id, timeframe, open_time, open, high, low, close, volume FROM sent
      WHERE ordinality NOT IN (SELECT ordinality FROM changed) ORDER BY ordinality, open_time
      ON CONFLICT DO NOTHING
    ), covered AS (
      INSERT INTO candle_coverages AS c (market_id, timeframe, "from", "through")
      SELECT market_id, timeframe, "from", "through" FROM asked
      WHERE ordinality NOT IN (SELECT ordinality FROM changed) ORDER BY ordinality
      ON CONFLICT (market_id, timeframe) DO UPDATE SET
        "from" = CASE WHEN c."from" <= excluded."through" AND excluded."from" <= c."through" THEN least(c."from", excluded."from") ELSE c."from" END,
        "through" = CASE WHEN c."from" <= excluded."through" AND excluded."from" <= c."through" THEN greatest(c."through", excluded."through") ELSE c."through" END
      RETURNING c.market_id, c.timeframe, c."from", c."through"
    )
    SELECT changed.open_time AS changed, covered."from", covered."through" FROM asked a
    LEFT JOIN changed USING (ordinality) LEFT JOIN covered USING (market_id, timeframe) ORDER BY a.ordinality`;
};

/** By market and timeframe: two that save the same at once never wait for each other in a circle. */
const bySeries = (one: Series, other: Series): number =>
  one.marketId - other.marketId || (one.timeframe < other.timeframe ? -1 : 1);

type Saved = Coverage | InvariantError;

const toSaved = ({ marketId, timeframe }: Series, row: SavedRow | undefined): Saved => {
  const what = `invariant broken: ${timeframe} candles of market ${marketId}`;
  if (row?.changed) return new InvariantError(`${what}: the candle of ${row.changed.toISOString()} never changes`);
  invariant(row?.from && row.through, `saving ${timeframe} candles of market ${marketId} covers a span`);
  return { from: row.from.getTime(), through: row.through.getTime() };
};

/**
 * Stores what the venue answered for spans, each of another series, and extends their coverages, which stay one piece
 * each: a span that does not touch it is stored but not covered. Answers with the coverages. A candle that is there
 * already must be equal: one that differs is a broken invariant, never an update, and then nothing of its series is
 * written. One statement, so it is whole or not at all.
 */
export const saveCandles = async (db: Database, batches: readonly CandleBatch[]): Promise<Saved[]> => {
  const sorted = batches.toSorted(bySeries);
  const rows = await retryConflicts(() => saveSorted(db, sorted));
  const saved = new Map(sorted.map((batch, index) => [batch, toSaved(batch, rows[index])]));
  return batches.map((batch) => saved.get(batch) ?? toSaved(batch, undefined));
};
