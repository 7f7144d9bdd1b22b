import { venueTimeAt, type ClockRow } from "~/trading/market/venue-clock";
import type { Database } from "../db/client";

export { venueTimeAt, wallTimeOf, type ClockRow } from "~/trading/market/venue-clock";

/** How far ahead of use the highest market time is written, ms of wall time. */
export const CLOCK_AHEAD_MS = 5000;

export type StoredClock = {
  readonly anchorWall: Date;
  readonly anchorMarket: Date;
  readonly speed: number;
  readonly previousSpeed: number | null;
};

export const toClockRow = (row: StoredClock | null): ClockRow | null =>
  row && {
    anchorWall: row.anchorWall.getTime(),
    anchorMarket: row.anchorMarket.getTime(),
    speed: row.speed,
    previousSpeed: row.previousSpeed,
  };

/** What the venue's clock shows now, ms. */
export const readVenueTime = async (
  ports: { readonly db: Database; readonly wallNow: () => number },
  venueId: string,
): Promise<number> =>
  venueTimeAt(toClockRow(await ports.db.venueClock.findUnique({ where: { venueId } })), ports.wallNow());
