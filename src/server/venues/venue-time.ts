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

/** With its high water mark, which the process that keeps the clock raises ahead of use. */
export type KeptClock = StoredClock & { readonly highWater: Date };

/**
 * What a venue's clock shows at a wall time, ms: never beyond its high water mark, where the market itself stands still
 * when nobody raises the mark. A mark that was never raised above the anchor does not count: it is a stepped clock's.
 */
export const shownTimeAt = (clock: KeptClock | null, wall: number): number => {
  const time = venueTimeAt(toClockRow(clock), wall);
  return clock && clock.highWater > clock.anchorMarket ? Math.min(time, clock.highWater.getTime()) : time;
};

/** What the venue's clock shows now, ms. */
export const readVenueTime = async (
  ports: { readonly db: Database; readonly wallNow: () => number },
  venueId: string,
): Promise<number> => shownTimeAt(await ports.db.venueClock.findUnique({ where: { venueId } }), ports.wallNow());
