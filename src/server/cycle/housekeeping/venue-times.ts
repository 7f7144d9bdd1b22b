import type { Ports } from "../../ports";
import type { VenueRef } from "../../refs";
import { toClockRow, venueTimeAt } from "../../venues/venue-time";

/** A venue and what its clock shows, ms. An archived one shows no market: its clock stands still. */
export type VenueTime = VenueRef & { readonly now: number; readonly isArchived: boolean };

/**
 * Every venue's own time, by which what is stamped in it grows old. Never beyond a demo clock's high water mark: a clock
 * that nobody owns any more would else run on, and what is young would be dropped.
 */
export const readVenueTimes = async ({ db, wallNow }: Pick<Ports, "db" | "wallNow">): Promise<VenueTime[]> => {
  const venues = await db.venue.findMany({ include: { clock: true } });
  return venues.map(({ id, kind, archivedAt, clock }) => ({
    id,
    kind,
    isArchived: archivedAt !== null,
    now: Math.min(venueTimeAt(toClockRow(clock), wallNow()), clock?.highWater.getTime() ?? Number.POSITIVE_INFINITY),
  }));
};
