import type { Ports } from "../ports";
import type { ClockRow } from "../venues/venue-time";

type ClockPorts = Pick<Ports, "db">;

const toColumns = (clock: ClockRow) => ({
  anchorWall: new Date(clock.anchorWall),
  anchorMarket: new Date(clock.anchorMarket),
  speed: clock.speed,
  previousSpeed: clock.previousSpeed,
});

/** While history is lived the venue's clock is the stepped one. */
export const setHistoryClock = async ({ db }: ClockPorts, venueId: string, clock: ClockRow): Promise<void> => {
  await db.venueClock.update({ where: { venueId }, data: toColumns(clock) });
};

/** Marks the venue as open from this market time (ms) on; its clock stands there until it is set going. */
export const openVenueAt = async ({ db }: ClockPorts, venueId: string, opensAt: number): Promise<void> => {
  const at = new Date(opensAt);
  await db.$transaction([
    // Commits of the history do not wait for the disk. This one does, and flushes all before it.
    db.$executeRaw`SET LOCAL synchronous_commit = on`,
    db.venueClock.update({ where: { venueId }, data: { speed: 0, anchorMarket: at, highWater: at } }),
    db.venue.update({ where: { id: venueId }, data: { openedAt: at } }),
  ]);
};
