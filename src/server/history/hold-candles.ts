import { candleValueOf } from "~/trading/market/candle-value";
import { floorToGrid, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import { priceToMoney, type Decimal } from "~/trading/money";
import type { Database } from "../db/client";

/** Hours first, then coarser, then the finest there is: a curve of weeks needs no minutes. */
const PREFERRED: readonly Timeframe[] = ["1h", "2h", "4h", "6h", "12h", "1d", "1m", "3m", "5m", "15m", "30m"];

/** The close of a market's last candle at an instant, and the quote value traded in that candle. */
type HoldClose = { readonly price: Decimal; readonly candleValue: Decimal | null };

/** Closes by market and candle. `at`: the candle that closed last at or before an instant (ms); undefined: not stored. */
export type HoldCandles = { readonly at: (marketId: number, time: number) => HoldClose | undefined };

const lastOpen = (time: number, timeframe: Timeframe): number => {
  const step = timeframeMs(timeframe);
  return floorToGrid(time, step) - step;
};

type Span = { readonly marketIds: readonly number[]; readonly times: readonly number[] };

/** The preferred timeframe of which every market has the candle before the first instant; best one with the last too. */
const chooseTimeframe = async (db: Database, { marketIds, times }: Span): Promise<Timeframe | null> => {
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const opens = (time: number): Date[] => PREFERRED.map((timeframe) => new Date(lastOpen(time, timeframe)));
  const rows = await db.$queryRaw<{ timeframe: Timeframe }[]>`
    SELECT w.timeframe FROM unnest(${[...PREFERRED]}::text[], ${opens(first)}::timestamptz[], ${opens(last)}::timestamptz[])
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
  readonly close: number;
  readonly volume: number | null;
};

/** The stored closes that a holding of these markets is worth at these instants (ms, ascending); null: none fit. */
export const loadHoldCandles = async (db: Database, span: Span): Promise<HoldCandles | null> => {
  const timeframe = await chooseTimeframe(db, span);
  if (timeframe === null) return null;
  const opens = [...new Set(span.times.map((time) => lastOpen(time, timeframe)))];
  const rows = await db.$queryRaw<Row[]>`
    SELECT market_id AS "marketId", open_time AS "openTime", close, volume FROM candles
    WHERE market_id = ANY(${[...span.marketIds]}::int[]) AND timeframe = ${timeframe}
      AND open_time = ANY(${opens.map((open) => new Date(open))}::timestamptz[])`;
  const closes = new Map(
    rows.map(({ marketId, openTime, close, volume }) => {
      const candle = { openTime: openTime.getTime(), open: close, high: close, low: close, close, volume };
      return [`${marketId}:${candle.openTime}`, { price: priceToMoney(close), candleValue: candleValueOf(candle) }];
    }),
  );
  return { at: (marketId, time) => closes.get(`${marketId}:${lastOpen(time, timeframe)}`) };
};
