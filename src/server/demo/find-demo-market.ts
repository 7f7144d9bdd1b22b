import { AppError } from "../errors";
import type { Ports } from "../ports";
import { toClockRow, venueTimeAt } from "../venues/venue-time";

/**
 * The demo venue that is shown, and its market time (ms): where it goes on, when it stands still. Throws AppError,
 * saying what to do, where there is none.
 */
export const findDemoMarket = async ({
  db,
  wallNow,
}: Pick<Ports, "db" | "wallNow">): Promise<{ readonly venueId: string; readonly time: number }> => {
  const venue = await db.venue.findFirst({
    where: { kind: "demo", archivedAt: null, openedAt: { not: null } },
    include: { clock: true },
  });
  if (!venue?.clock) {
    throw new AppError("not-found", 'This database has no open demo market: run "npm start" with it once.');
  }
  const time = venueTimeAt(toClockRow(venue.clock), wallNow());
  return { venueId: venue.id, time: Math.min(time, venue.clock.highWater.getTime()) };
};
