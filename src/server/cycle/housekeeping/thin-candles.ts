import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import { floorToGrid, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import { DAY_MS } from "~/trading/market/duration";
import type { Transaction } from "../../db/client";
import { inTransaction } from "../../db/in-transaction";
import type { Ports } from "../../ports";
import { BATCH, inBatches } from "./in-batches";
import type { VenueTime } from "./venue-times";

/** Days of venue time that a demo market's candles are kept. Timeframes that are not listed are kept forever. */
const KEPT_DAYS: Partial<Record<Timeframe, number>> = { "1m": 3, "3m": 15, "5m": 30, "15m": 60, "30m": 60 };

type Series = { readonly marketId: number; readonly timeframe: Timeframe; readonly cut: Date };

/** Before which time the venue's markets need no candles: never after an open position's last settlement. */
const findCuts = async ({ db }: Pick<Ports, "db">, { id, now }: VenueTime): Promise<Series[]> => {
  const markets = await db.$queryRaw<{ marketId: number; settledThrough: Date | null }[]>`
    SELECT m.id AS "marketId", min(p.settled_through) AS "settledThrough"
    FROM markets m LEFT JOIN positions p ON p.market_id = m.id AND p.closed_at IS NULL
    WHERE m.venue_id = ${id}::uuid GROUP BY m.id ORDER BY m.id`;
  return markets.flatMap(({ marketId, settledThrough }) =>
    Object.entries(KEPT_DAYS).map(([name, days]) => {
      const timeframe = name as Timeframe;
      const needed = Math.min(now - days * DAY_MS, settledThrough?.getTime() ?? now);
      return { marketId, timeframe, cut: new Date(floorToGrid(needed, timeframeMs(timeframe))) };
    }),
  );
};

/**
 * Drops a batch of candles that open before the cut. The same transaction first removes them from the coverage, so that
 * a later reader asks the venue again instead of finding a gap.
 */
const dropBatch = async (tx: Transaction, { marketId, timeframe, cut }: Series): Promise<number> => {
  await tx.$executeRaw`
    DELETE FROM candle_coverages WHERE market_id = ${marketId} AND timeframe = ${timeframe} AND "through" <= ${cut}`;
  await tx.$executeRaw`
    UPDATE candle_coverages SET "from" = ${cut}
    WHERE market_id = ${marketId} AND timeframe = ${timeframe} AND "from" < ${cut}`;
  return tx.$executeRaw`
    DELETE FROM candles WHERE market_id = ${marketId} AND timeframe = ${timeframe} AND open_time IN
      (SELECT open_time FROM candles WHERE market_id = ${marketId} AND timeframe = ${timeframe} AND open_time < ${cut}
       ORDER BY open_time LIMIT ${BATCH})`;
};

/**
 * Drops the short candles of demo venues, because their source can make exactly the same again. A real venue's are
 * kept, because it may not offer them later. An archived venue's are kept too, because its source does not run.
 * Returns the number of candles dropped.
 */
export const thinCandles = async (ports: Pick<Ports, "db">, venues: readonly VenueTime[]): Promise<number> => {
  let candles = 0;
  for (const venue of venues.filter(({ kind, isArchived }) => VENUE_CATALOGUE[kind].isSimulated && !isArchived)) {
    for (const series of await findCuts(ports, venue)) {
      candles += await inBatches(() => inTransaction(ports.db, (tx) => dropBatch(tx, series)));
    }
  }
  return candles;
};
