import { recordMarkets } from "../../src/server/venues/record-markets";
import { createPaperBot } from "../../src/server/bots/create-paper-bot";
import type { Runtime } from "../../src/server/runtime";
import { decimal } from "../../src/trading/money";
import type { ClockRow } from "../../src/server/venues/venue-time";
import { demoBots } from "./demo-bots";
import type { DemoSource } from "./demo-source";

const DEMO_EMAIL = "demo@0xbot.local";
const CAPITAL = decimal(10_000);

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

/** Makes the markets and the demo user's bots where they are missing: a start that was killed half-way goes on. */
export const seedDemo = async (runtime: Runtime, venueId: string, source: DemoSource): Promise<void> => {
  const userId = await ensureUser(runtime);
  const market = await runtime.marketDataOf({ id: venueId, kind: "demo" });
  const rules = await market.listMarkets();
  await recordMarkets(runtime, venueId, rules);
  for (const { name, settings, historyMs } of demoBots(rules.map(({ pair }) => pair))) {
    const isThere = await runtime.db.bot.count({ where: { userId, name, account: { venueId } } });
    if (isThere > 0) continue;
    const startsAt = historyMs === null ? source.historyFrom : Math.max(source.historyFrom, source.opensAt - historyMs);
    await createPaperBot(runtime, { userId, venueId, name, settings, capital: CAPITAL, startsAt });
  }
};

const NOT_RUNNING = "market-not-running";

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
    await tx.venueClock.updateMany({ where: isOther, data: { speed: 0 } });
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
