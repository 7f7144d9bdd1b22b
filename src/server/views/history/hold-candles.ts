import { candleValueOf } from "~/trading/market/candle-value";
import { floorToGrid, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import { priceToMoney, type Decimal } from "~/trading/money";
import type { Database } from "../../db/client";

/** Hours first, then coarser, then the finest there is: a curve of weeks needs no minutes. */
const PREFERRED: readonly Timeframe[] = ["1h", "2h", "4h", "6h", "12h", "1d", "1m", "3m", "5m", "15m", "30m"];

/** A market's price at an instant, and the quote value traded in the candle that it is of. */
type HoldPrice = { readonly price: Decimal; readonly candleValue: Decimal | null };

/**
 * Prices by market and instant (ms); undefined: not stored. `at`: the close of the candle that closed last by then;
 * where the data begins with the first instant, the open of the candle that opens then.
 */
export type HoldCandles = { readonly at: (marketId: number, time: number) => HoldPrice | undefined };

/** When the candle that tells the price of an instant opens; null: this timeframe has none. */
type OpenTime = (time: number, timeframe: Timeframe) => number | null;

const beforeIt = (time: number, timeframe: Timeframe): number => {
  const step = timeframeMs(timeframe);
  return floorToGrid(time, step) - step;
};
const fromItOn: OpenTime = (time, timeframe) => (floorToGrid(time, timeframeMs(timeframe)) === time ? time : null);

type Span = { readonly marketIds: readonly number[]; readonly times: readonly number[] };

/** The preferred timeframe of which every market has the first instant's candle; best one that has the last too. */
const chooseTimeframe = async (db: Database, span: Span, firstOpen: OpenTime): Promise<Timeframe | null> => {
  const { marketIds, times } = span;
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const asked = PREFERRED.flatMap((timeframe) => {
    const open = firstOpen(first, timeframe);
    return open === null
      ? []
      : [{ timeframe, firstOpen: new Date(open), lastOpen: new Date(beforeIt(last, timeframe)) }];
  });
  const column = <K extends keyof (typeof asked)[number]>(name: K) => asked.map((each) => each[name]);
  const rows = await db.$queryRaw<{ timeframe: Timeframe }[]>`
    SELECT w.timeframe
    FROM unnest(${column("timeframe")}::text[], ${column("firstOpen")}::timestamptz[], ${column("lastOpen")}::timestamptz[])
      WITH ORDINALITY AS w (timeframe, first_open, last_open, preference)
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE open_time = w.first_open) AS firsts, count(*) FILTER (WHERE open_time = w.last_open) AS lasts
      FROM candles WHERE market_id = ANY(${[...marketIds]}::int[]) AND timeframe = w.timeframe
        AND open_time IN (w.first_open, w.last_open)) c
    WHERE c.firsts = ${marketIds.length}
    ORDER BY c.lasts = ${marketIds.length} DESC, w.preference LIMIT 1`;
  return rows[0]?.timeframe ?? null;
};

type Row = {
  readonly marketId: number;
  readonly openTime: Date;
  readonly open: number;
  readonly close: number;
  readonly volume: number | null;
};

const loadCandles = (
  db: Database,
  { marketIds, times }: Span,
  { timeframe, openOf }: { readonly timeframe: Timeframe; readonly openOf: (time: number) => number },
): Promise<Row[]> => db.$queryRaw<Row[]>`
  SELECT market_id AS "marketId", open_time AS "openTime", open, close, volume FROM candles
  WHERE market_id = ANY(${[...marketIds]}::int[]) AND timeframe = ${timeframe}
    AND open_time = ANY(${[...new Set(times.map(openOf))].map((open) => new Date(open))}::timestamptz[])`;

const priced = (price: number, { openTime, volume }: Row): HoldPrice => {
  const candle = { openTime: openTime.getTime(), open: price, high: price, low: price, close: price, volume };
  return { price: priceToMoney(price), candleValue: candleValueOf(candle) };
};

/** The stored prices that a holding of these markets is worth at these instants (ms, ascending); null: none fit. */
export const loadHoldCandles = async (db: Database, span: Span): Promise<HoldCandles | null> => {
  const [first = 0] = span.times;
  const closedBefore = await chooseTimeframe(db, span, beforeIt);
  const timeframe = closedBefore ?? (await chooseTimeframe(db, span, fromItOn));
  if (timeframe === null) return null;
  const beginsWithFirst = closedBefore === null;
  const openOf = (time: number): number => (beginsWithFirst && time === first ? first : beforeIt(time, timeframe));
  const rows = await loadCandles(db, span, { timeframe, openOf });
  const candles = new Map(rows.map((row) => [`${row.marketId}:${row.openTime.getTime()}`, row]));
  return {
    at: (marketId, time) => {
      const row = candles.get(`${marketId}:${openOf(time)}`);
      return row && priced(beginsWithFirst && time === first ? row.open : row.close, row);
    },
  };
};
