import type { Ports } from "../../ports";
import type { VenueRef } from "../../refs";
import { toClockRow, venueTimeAt } from "../../venues/venue-time";

/** A venue and its time, ms. The clock of an archived venue stands still. */
export type VenueTime = VenueRef & { readonly now: number; readonly isArchived: boolean };

/**
 * Every venue's own time, by which the age of its records is measured. Never beyond a demo clock's high water mark: a
 * clock without an owner would otherwise run on, and recent records would be dropped.
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
