import { VENUE_CATALOGUE } from "~/trading/venue-catalogue";
import { floorToGrid, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import { DAY_MS } from "~/trading/market/duration";
import type { Transaction } from "../../db/client";
import { inTransaction } from "../../db/in-transaction";
import type { Ports } from "../../ports";
import { BATCH, inBatches } from "./in-batches";
import type { VenueTime } from "./venue-times";

/** Days of venue time that a demo market's candles are kept; what is not named is kept for ever. */
const KEPT_DAYS: Partial<Record<Timeframe, number>> = { "1m": 3, "3m": 15, "5m": 30, "15m": 60, "30m": 60 };

type Series = { readonly marketId: number; readonly timeframe: Timeframe; readonly cut: Date };

/** What the venue's markets no longer need, never past the instant to which an open position is settled. */
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
 * Drops a batch of candles that open before the cut. In the same transaction, and first, the coverage no longer claims
 * them: whoever wants them later asks the venue again and never finds a hole.
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
 * Drops the fine candles of demo venues: their source makes them again, bit by bit the same. A real venue's are kept,
 * since nobody may have them later. Those of an archived venue stay too: its source does not run. Returns the candles.
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
