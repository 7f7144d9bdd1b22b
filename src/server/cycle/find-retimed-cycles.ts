import type { Ports } from "../ports";
import { toClockRow, wallTimeOf, type StoredClock } from "../venues/venue-time";
import { venueTimeSql } from "../venues/venue-time-sql";
import { HORIZON_WALL_MS, type PlannedCycle } from "./planned-cycle";

/** A planned slot, timed by the clock that was set at `anchorWall` (ms). */
export type RetimedCycle = PlannedCycle & { readonly anchorWall: number };

/** Slots per page, so that it fits into a step's result. */
const CYCLES_PER_PAGE = 200;
const BEFORE_ALL = { slot: new Date(0).toISOString(), cycleId: "00000000-0000-0000-0000-000000000000" };

type DueCycle = StoredClock & { readonly botId: string; readonly cycleId: string; readonly slot: Date };

/**
 * One page of slots, after the given one, that did not begin and were planned before their venue's clock was last set.
 * That clock reaches them within 90 seconds of wall time, but their events were timed by the clock before.
 */
export const findRetimedCycles = async (
  ports: Pick<Ports, "db" | "wallNow">,
  after: Pick<PlannedCycle, "slot" | "cycleId"> | null,
): Promise<RetimedCycle[]> => {
  const { slot: from, cycleId: fromId } = after ?? BEFORE_ALL;
  const rows = await ports.db.$queryRaw<DueCycle[]>`
    SELECT c.bot_id AS "botId", c.id AS "cycleId", c.slot, k.anchor_wall AS "anchorWall",
      k.anchor_market AS "anchorMarket", k.speed, k.previous_speed AS "previousSpeed"
    FROM cycles c JOIN bots b ON b.id = c.bot_id JOIN accounts a ON a.id = b.account_id
    JOIN venue_clocks k ON k.venue_id = a.venue_id
    WHERE c.status = 'due' AND c.planned_at < k.anchor_wall AND c.slot <= ${venueTimeSql(ports.wallNow() + HORIZON_WALL_MS)}
      AND (c.slot, c.id) > (${new Date(from)}, ${fromId}::uuid)
    ORDER BY c.slot, c.id LIMIT ${CYCLES_PER_PAGE}`;
  return rows.flatMap(({ botId, cycleId, slot, ...clock }) => {
    const wallAt = wallTimeOf(toClockRow(clock), slot.getTime());
    const anchorWall = clock.anchorWall.getTime();
    return wallAt === null ? [] : [{ botId, cycleId, slot: slot.toISOString(), wallAt, anchorWall }];
  });
};
