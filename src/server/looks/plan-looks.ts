import { planSlots } from "~/trading/cycle/plan-slots";
import { HORIZON_WALL_MS } from "../cycle/planned-cycle";
import type { Ports } from "../ports";
import { toClockRow, venueTimeAt, wallTimeOf } from "../venues/venue-time";
import { venueTimeSql } from "../venues/venue-time-sql";

/** A real venue confirms its newest candle a moment after it closed. */
const CONFIRMED_AFTER_MS = 2000;
/** A slot that nobody looked at for so long is announced once more, at most every 15 s. */
const LOST_AFTER_MS = 10_000;
const AGAIN_EVERY_MS = 15_000;

/**
 * A slot at which some of a venue's bots are due. `wallAt`: when it comes, ms of wall time; `clock`: when the clock by
 * which that was told was set, null for wall time. `again`: it was to come long ago; another number every 15 s.
 */
export type PlannedLook = {
  readonly venueId: string;
  readonly slot: number;
  readonly wallAt: number;
  readonly clock: number | null;
  readonly again: number | null;
};

type DueGroup = {
  readonly venueId: string;
  readonly intervalSeconds: number;
  /** The earliest slot that nobody accounted for, of all bots of the venue with this interval. */
  readonly nextDue: Date;
  readonly anchorWall: Date | null;
  readonly anchorMarket: Date | null;
  readonly speed: number | null;
  readonly previousSpeed: number | null;
};

const readGroups = ({ db }: Pick<Ports, "db">, horizon: number): Promise<DueGroup[]> => db.$queryRaw<DueGroup[]>`
  SELECT n.venue_id AS "venueId", n.interval_seconds AS "intervalSeconds", n.next_due AS "nextDue",
    k.anchor_wall AS "anchorWall", k.anchor_market AS "anchorMarket", k.speed, k.previous_speed AS "previousSpeed"
  FROM next_looks n LEFT JOIN venue_clocks k ON k.venue_id = n.venue_id
  WHERE n.next_due <= ${venueTimeSql(horizon)} ORDER BY n.venue_id, n.interval_seconds`;

const planGroup = (group: DueGroup, wallNow: number): PlannedLook[] => {
  const { venueId, anchorWall, anchorMarket, speed, previousSpeed } = group;
  const hasClock = anchorWall && anchorMarket && speed !== null;
  const clock = toClockRow(hasClock ? { anchorWall, anchorMarket, speed, previousSpeed } : null);
  const { slots } = planSlots({
    nextDue: group.nextDue.getTime(),
    now: venueTimeAt(clock, wallNow),
    horizon: venueTimeAt(clock, wallNow + HORIZON_WALL_MS),
    intervalMs: group.intervalSeconds * 1000,
  });
  return slots.map((slot) => {
    const wallAt = clock === null ? slot + CONFIRMED_AFTER_MS : (wallTimeOf(clock, slot) ?? wallNow);
    const again = wallAt <= wallNow - LOST_AFTER_MS ? Math.floor(wallNow / AGAIN_EVERY_MS) : null;
    return { venueId, slot, wallAt, clock: clock?.anchorWall ?? null, again };
  });
};

/**
 * The looks of the next 90 seconds, each venue and slot once, by time. Those that were announced before are among them:
 * a hint sent twice is one, and what was retimed or lost needs no search of its own.
 */
export const planLooks = async (ports: Pick<Ports, "db" | "wallNow">): Promise<PlannedLook[]> => {
  const wallNow = ports.wallNow();
  const groups = await readGroups(ports, wallNow + HORIZON_WALL_MS);
  const looks = new Map<string, PlannedLook>();
  for (const look of groups.flatMap((group) => planGroup(group, wallNow))) {
    looks.set(`${look.venueId}:${look.slot}`, look);
  }
  return [...looks.values()].toSorted((one, other) => one.wallAt - other.wallAt);
};
