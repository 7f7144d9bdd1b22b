import { DAY_MS } from "~/trading/market/duration";
import type { Ports } from "../../ports";
import { BATCH, inBatches } from "./in-batches";
import type { VenueTime } from "./venue-times";

const SNAPSHOT_DAYS = 90;

const dropBatch = ({ db }: Pick<Ports, "db">, venueId: string, before: Date): Promise<number> => db.$executeRaw`
  DELETE FROM market_snapshots WHERE id IN (
    SELECT s.id FROM market_snapshots s JOIN markets m ON m.id = s.market_id
    WHERE m.venue_id = ${venueId}::uuid AND s.slot < ${before} LIMIT ${BATCH})`;

/**
 * Drops market snapshots older than 90 days of venue time, including those behind an order. A verdict keeps every value
 * that its rules measured, and a fill its price and slippage, so only a replay from inputs is lost. Returns the number
 * of rows dropped.
 */
export const thinSnapshots = async (ports: Pick<Ports, "db">, venues: readonly VenueTime[]): Promise<number> => {
  let snapshots = 0;
  for (const { id, now } of venues) {
    const before = new Date(now - SNAPSHOT_DAYS * DAY_MS);
    snapshots += await inBatches(() => dropBatch(ports, id, before));
  }
  return snapshots;
};
