import { recordMarkets } from "../../src/server/venues/record-markets";
import type { Runtime } from "../../src/server/runtime";
import type { ClockRow } from "../../src/server/venues/venue-time";
import { ensureDemoBots } from "./ensure-demo-bots";
import type { DemoSource } from "./demo-source";

export const DEMO_EMAIL = "demo@0xbot.local";

/** The demo's venue. `openedAt` null: its bots have not lived their history to the end. */
export type DemoVenue = { readonly id: string; readonly openedAt: number | null };

const ensureUser = async ({ db, newId }: Runtime): Promise<string> =>
  (
    await db.user.upsert({
      where: { email: DEMO_EMAIL },
      create: { id: newId(), email: DEMO_EMAIL },
      update: {},
      select: { id: true },
    })
  ).id;

const toColumns = (clock: ClockRow) => ({
  anchorWall: new Date(clock.anchorWall),
  anchorMarket: new Date(clock.anchorMarket),
  speed: clock.speed,
  previousSpeed: clock.previousSpeed,
});

/** The venue of this market, made with a clock that stands still when it is new. */
export const ensureDemoVenue = async ({ db, newId }: Runtime, source: DemoSource): Promise<DemoVenue> => {
  const { identity, name, finestTimeframe, historyFrom } = source;
  const highWater = new Date(historyFrom);
  const clock = { anchorWall: new Date(historyFrom), anchorMarket: highWater, speed: 0, highWater };
  const { id, openedAt } = await db.venue.upsert({
    where: { identity },
    create: { id: newId(), kind: "demo", name, identity, finestTimeframe, clock: { create: clock } },
    update: { archivedAt: null },
  });
  return { id, openedAt: openedAt?.getTime() ?? null };
};

/** While history is lived the venue's clock is the stepped one. */
export const setHistoryClock = async ({ db }: Runtime, venueId: string, clock: ClockRow): Promise<void> => {
  await db.venueClock.update({ where: { venueId }, data: toColumns(clock) });
};

/** Marks the venue as open from this market time (ms) on; its clock stands there until it is set going. */
export const openVenueAt = async ({ db }: Runtime, venueId: string, opensAt: number): Promise<void> => {
  const at = new Date(opensAt);
  await db.$transaction([
    // A history does not wait for the disk; its end does, and with it everything before.
    db.$executeRaw`SET LOCAL synchronous_commit = on`,
    db.venueClock.update({ where: { venueId }, data: { speed: 0, anchorMarket: at, highWater: at } }),
    db.venue.update({ where: { id: venueId }, data: { openedAt: at } }),
  ]);
};

/** Stores the markets that the venue lists. */
export const seedMarkets = async (runtime: Runtime, venueId: string): Promise<void> => {
  const market = await runtime.marketDataOf({ id: venueId, kind: "demo" });
  await recordMarkets(runtime, venueId, await market.listMarkets());
};

/** Makes markets, demo user and bots where they are missing: a start that was killed half-way goes on. */
export const seedDemo = async (runtime: Runtime, venueId: string, source: DemoSource): Promise<void> => {
  const { historyFrom, opensAt } = source;
  await seedMarkets(runtime, venueId);
  const startsAt = (historyMs: number | null): number =>
    historyMs === null ? historyFrom : Math.max(historyFrom, opensAt - historyMs);
  await ensureDemoBots(runtime, { userId: await ensureUser(runtime), venueId, startsAt });
};

const NOT_RUNNING = "marketNotRunning";

/**
 * Archives the demo venues that are not shown now, stops their clocks and bots, and says so to whom they belong. Bots
 * that were stopped for this reason, and by nobody since, go on when their market does.
 */
export const switchDemoVenue = async ({ db, newId, wallNow }: Runtime, venueId: string): Promise<void> => {
  const now = new Date(wallNow());
  await db.$transaction(async (tx) => {
    const isOther = { venue: { kind: "demo" as const, id: { not: venueId } } };
    const stopped = await tx.bot.findMany({ where: { status: { in: ["running", "paused"] }, account: isOther } });
    await tx.bot.updateMany({ where: { id: { in: stopped.map(({ id }) => id) } }, data: { status: "stopped" } });
    await tx.activity.createMany({
      data: stopped.map(({ id, userId, name }) => ({
        id: newId(),
        userId,
        botId: id,
        kind: NOT_RUNNING,
        text: `${name} is stopped: its market is not running`,
        at: now,
      })),
    });
    // One that was killed stands where it would go on; one that never opened keeps its history's clock.
    await tx.$executeRaw`
      UPDATE venue_clocks k SET speed = 0, previous_speed = 0,
        anchor_market = CASE WHEN v.opened_at IS NULL OR k.speed = 0 THEN k.anchor_market ELSE k.high_water END
      FROM venues v WHERE v.id = k.venue_id AND v.kind = 'demo' AND v.id <> ${venueId}::uuid`;
    await tx.venue.updateMany({
      where: { kind: "demo", id: { not: venueId }, archivedAt: null },
      data: { archivedAt: now },
    });
    const own = await tx.bot.findMany({
      where: { status: "stopped", account: { venueId } },
      include: { activities: { orderBy: { createdAt: "desc" }, take: 1 } },
    });
    const waiting = own.filter(({ activities }) => activities[0]?.kind === NOT_RUNNING).map(({ id }) => id);
    await tx.bot.updateMany({ where: { id: { in: waiting } }, data: { status: "running" } });
  });
};
