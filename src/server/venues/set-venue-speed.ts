import { setTimeout as delay } from "node:timers/promises";
import { appendAudit } from "../audit/append-audit";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import { AppError } from "../errors";
import { appendLiveEvent } from "../live/append-live-event";
import type { Ports } from "../ports";
import { speedRefusalOf } from "./speed-rights";
import { CLOCK_AHEAD_MS, toClockRow, venueTimeAt, type StoredClock } from "./venue-time";

/**
 * A new speed begins this much later, wall time. A reader that reads the clock's row more often never sees market time
 * run back, nor another reader ahead: until then old and new row show the same time.
 */
export const CLOCK_NOTICE_MS = 1000;
const ATTEMPTS_MAX = 5;

export type SpeedChange = { readonly userId: string; readonly venueId: string; readonly speed: number };
type LockedClock = StoredClock & { readonly isClosed: boolean };
type SetClock = { readonly anchorWall: number };
/** Another change has not begun yet, and a row holds one at a time. */
type NotYet = { readonly waitMs: number };

const lockClock = async (tx: Transaction, { userId, venueId }: SpeedChange): Promise<LockedClock> => {
  const [clock] = await tx.$queryRaw<LockedClock[]>`
    SELECT k.anchor_wall AS "anchorWall", k.anchor_market AS "anchorMarket", k.speed,
      k.previous_speed AS "previousSpeed", v.archived_at IS NOT NULL AS "isClosed"
    FROM venue_clocks k JOIN venues v ON v.id = k.venue_id
    WHERE k.venue_id = ${venueId}::uuid AND EXISTS (SELECT 1 FROM accounts a
      WHERE a.venue_id = k.venue_id AND a.user_id = ${userId}::uuid AND a.archived_at IS NULL)
    FOR UPDATE OF k`;
  if (!clock) throw new AppError("not-found", "You have no account on this simulated market.");
  const asker = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { role: true, email: true } });
  const refusal = speedRefusalOf(asker);
  if (refusal !== null) throw new AppError("forbidden", refusal);
  if (clock.isClosed) {
    throw new AppError(
      "conflict",
      "This market is not running: another demo market is. Start this one, then set its speed.",
    );
  }
  return clock;
};

const tellOwners = async (tx: Transaction, { venueId, speed }: SpeedChange, marketTime: Date): Promise<void> => {
  const event = { kind: "venue-clock" as const, venueId, speed, marketTime: marketTime.toISOString() };
  const owners = await tx.account.findMany({
    where: { venueId, archivedAt: null },
    select: { userId: true },
    distinct: ["userId"],
  });
  for (const { userId } of owners) appendLiveEvent(tx, userId, event);
};

const setClock = (ports: Pick<Ports, "db" | "wallNow">, change: SpeedChange): Promise<SetClock | NotYet> =>
  inTransaction(ports.db, async (tx) => {
    const { venueId, speed } = change;
    const clock = await lockClock(tx, change);
    // After the lock: a change that waited for it must not anchor the clock in the past.
    const now = ports.wallNow();
    const waitMs = clock.anchorWall.getTime() - now;
    if (waitMs > 0) return { waitMs };
    const anchorWall = now + CLOCK_NOTICE_MS;
    const anchorMarket = venueTimeAt(toClockRow(clock), anchorWall);
    await tx.venueClock.update({
      where: { venueId },
      data: {
        anchorWall: new Date(anchorWall),
        anchorMarket: new Date(anchorMarket),
        speed,
        previousSpeed: clock.speed,
        chosenSpeed: speed,
        highWater: new Date(anchorMarket + CLOCK_AHEAD_MS * speed),
      },
    });
    await tellOwners(tx, change, new Date(anchorMarket));
    const [subject, details, at] = [`venue:${venueId}`, { speed, before: clock.speed }, new Date(now)];
    await appendAudit(tx, { actorId: change.userId, action: "venue-speed", subject, details, at });
    return { anchorWall };
  });

/**
 * Sets how fast a simulated market runs, in market seconds per second (0: paused), for everybody who trades there; it
 * begins within two seconds. Throws AppError: `not-found` without an account there, `forbidden` for who is neither an
 * administrator nor the demo's login, `conflict` for a market that is not
 * running, and while others keep changing it.
 */
export const setVenueSpeed = async (
  ports: Pick<Ports, "db" | "wallNow" | "events">,
  change: SpeedChange,
): Promise<void> => {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    const outcome = await setClock(ports, change);
    if ("anchorWall" in outcome) {
      // Only a hint, because the row is written: the next tick finds what a lost hint leaves.
      await ports.events.clockSet({ venueId: change.venueId, ...outcome }).catch(() => undefined);
      return;
    }
    await delay(Math.min(outcome.waitMs, CLOCK_NOTICE_MS));
  }
  throw new AppError("conflict", "Someone else is changing the speed: try again in a moment.");
};
