import type { Ports } from "../../ports";
import { BATCH, inBatches } from "./in-batches";
import { cycleCut } from "./thin-cycles";
import type { VenueTime } from "./venue-times";

/**
 * Drops what modes read before the time from which cycles are kept, unless a decision was made on it that is: so where
 * something was done its evidence stays for ever. Returns how many went.
 */
export const thinAnalyses = ({ db }: Pick<Ports, "db">, venues: readonly VenueTime[]): Promise<number> => {
  const ids = venues.map(({ id }) => id);
  const cuts = venues.map(cycleCut);
  return inBatches(
    () => db.$executeRaw`
      DELETE FROM analyses WHERE id IN (
        SELECT a.id FROM unnest(${ids}::uuid[], ${cuts}::timestamptz[]) AS v (id, cut)
        JOIN markets m ON m.venue_id = v.id JOIN analyses a ON a.market_id = m.id AND a.closed_by < v.cut
        WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.analysis_id = a.id) LIMIT ${BATCH})`,
  );
};
