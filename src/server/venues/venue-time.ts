import type { Database } from "../db/client";

/** A demo venue's clock as its row has it; times in ms. Speed 0 is paused. */
export type ClockRow = { readonly anchorWall: number; readonly anchorMarket: number; readonly speed: number };

/** Market time at a wall time; a venue without a row keeps wall time. */
export const venueTimeAt = (clock: ClockRow | null, wall: number): number =>
  clock === null ? wall : clock.anchorMarket + Math.floor((wall - clock.anchorWall) * clock.speed);

/** The wall time at which the venue's clock will show `market`; null while it is paused. */
export const wallTimeOf = (clock: ClockRow | null, market: number): number | null => {
  if (clock === null) return market;
  if (clock.speed === 0) return null;
  return clock.anchorWall + Math.ceil((market - clock.anchorMarket) / clock.speed);
};

type StoredClock = { readonly anchorWall: Date; readonly anchorMarket: Date; readonly speed: number };

export const toClockRow = (row: StoredClock | null): ClockRow | null =>
  row && { anchorWall: row.anchorWall.getTime(), anchorMarket: row.anchorMarket.getTime(), speed: row.speed };

/** What the venue's clock shows now, ms. */
export const readVenueTime = async (
  ports: { readonly db: Database; readonly wallNow: () => number },
  venueId: string,
): Promise<number> =>
  venueTimeAt(toClockRow(await ports.db.venueClock.findUnique({ where: { venueId } })), ports.wallNow());
