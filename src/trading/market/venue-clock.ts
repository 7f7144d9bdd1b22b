/**
 * A simulated venue's clock, as in its database row; times in ms. Speed 0 is paused. Before `anchorWall` it runs at
 * `previousSpeed` (null: at `speed`).
 */
export type ClockRow = {
  readonly anchorWall: number;
  readonly anchorMarket: number;
  readonly speed: number;
  readonly previousSpeed: number | null;
};

/** Market time at a wall time. A venue without a row keeps wall time. `venue_time` in the database is the same. */
export const venueTimeAt = (clock: ClockRow | null, wall: number): number => {
  if (clock === null) return wall;
  const { anchorWall, anchorMarket, speed, previousSpeed } = clock;
  return anchorMarket + Math.floor((wall - anchorWall) * (wall < anchorWall ? (previousSpeed ?? speed) : speed));
};

/** The wall time at which the venue's clock shows `market`; null while it is paused before that. */
export const wallTimeOf = (clock: ClockRow | null, market: number): number | null => {
  if (clock === null) return market;
  const { anchorWall, anchorMarket } = clock;
  const speed = market <= anchorMarket ? (clock.previousSpeed ?? clock.speed) : clock.speed;
  if (speed === 0) return market <= anchorMarket ? anchorWall : null;
  return anchorWall + Math.ceil((market - anchorMarket) / speed);
};
