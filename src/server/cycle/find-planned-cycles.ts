import type { Ports } from "../ports";
import { toClockRow, wallTimeOf } from "../venues/venue-time";
import type { PlannedCycle } from "./plan-cycles";

/** Slots are planned for 90 seconds: of a thousand bots that is a few thousand at most. */
const CYCLES_MAX = 10_000;

type DueCycle = {
  readonly botId: string;
  readonly cycleId: string;
  readonly slot: Date;
  readonly anchorWall: Date;
  readonly anchorMarket: Date;
  readonly speed: number;
};

/**
 * Every slot of a demo venue that is planned and did not begin, with the wall time at which the venue's clock will show
 * it. Once a clock was set anew they must be announced again: their events were timed by the clock before. None while
 * the clock stands still.
 */
export const findPlannedCycles = async (ports: Pick<Ports, "db">, venueId: string): Promise<PlannedCycle[]> => {
  const rows = await ports.db.$queryRaw<DueCycle[]>`
    SELECT c.bot_id AS "botId", c.id AS "cycleId", c.slot, k.anchor_wall AS "anchorWall",
      k.anchor_market AS "anchorMarket", k.speed
    FROM cycles c JOIN bots b ON b.id = c.bot_id JOIN accounts a ON a.id = b.account_id
    JOIN venue_clocks k ON k.venue_id = a.venue_id
    WHERE c.status = 'due' AND a.venue_id = ${venueId}::uuid ORDER BY c.slot, c.id LIMIT ${CYCLES_MAX}`;
  return rows.flatMap(({ botId, cycleId, slot, ...clock }) => {
    const wallAt = wallTimeOf(toClockRow(clock), slot.getTime());
    return wallAt === null ? [] : [{ botId, cycleId, slot: slot.toISOString(), wallAt }];
  });
};
