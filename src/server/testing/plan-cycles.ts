import { phaseDelayMs } from "~/trading/cycle/phase-delay";
import { planSlots } from "~/trading/cycle/plan-slots";
import type { Transaction } from "../db/client";
import { inTransaction } from "../db/in-transaction";
import type { Ports } from "../ports";
import { HORIZON_WALL_MS, type PlannedCycle } from "../cycle/planned-cycle";
import { toClockRow, venueTimeAt, wallTimeOf, type ClockRow } from "../venues/venue-time";
import { venueTimeSql } from "../venues/venue-time-sql";

/** How many bots one step plans, so that a transaction and a step result stay small. */
const BOTS_PER_PAGE = 200;

type DueBot = {
  readonly id: string;
  readonly nextDue: Date;
  readonly intervalSeconds: number;
  readonly anchorWall: Date | null;
  readonly anchorMarket: Date | null;
  readonly speed: number | null;
  readonly previousSpeed: number | null;
};

const clockOf = ({ anchorWall, anchorMarket, speed, previousSpeed }: DueBot): ClockRow | null =>
  toClockRow(anchorWall && anchorMarket && speed !== null ? { anchorWall, anchorMarket, speed, previousSpeed } : null);

/** Bots with a slot before their venue's horizon, locked against a second planner. */
const lockDueBots = (tx: Transaction, wallNow: number): Promise<DueBot[]> => tx.$queryRaw<DueBot[]>`
  SELECT b.id, b.next_due AS "nextDue", b.interval_seconds AS "intervalSeconds",
    k.anchor_wall AS "anchorWall", k.anchor_market AS "anchorMarket", k.speed, k.previous_speed AS "previousSpeed"
  FROM bots b JOIN accounts a ON a.id = b.account_id LEFT JOIN venue_clocks k ON k.venue_id = a.venue_id
  WHERE b.status IN ('running', 'paused') AND b.next_due IS NOT NULL AND b.next_due <= ${venueTimeSql(wallNow + HORIZON_WALL_MS)}
  ORDER BY b.next_due, b.id LIMIT ${BOTS_PER_PAGE} FOR UPDATE OF b SKIP LOCKED`;

const planBot = async (
  tx: Transaction,
  bot: DueBot,
  ports: Pick<Ports, "wallNow" | "newId">,
): Promise<PlannedCycle[]> => {
  const clock = clockOf(bot);
  const wallNow = ports.wallNow();
  const now = venueTimeAt(clock, wallNow);
  const horizon = venueTimeAt(clock, wallNow + HORIZON_WALL_MS);
  const intervalMs = bot.intervalSeconds * 1000;
  const plan = planSlots({ nextDue: bot.nextDue.getTime(), now, horizon, intervalMs });
  if (plan.missed) {
    await tx.cycle.create({
      data: {
        id: ports.newId(),
        botId: bot.id,
        slot: new Date(plan.missed.from),
        status: "skipped",
        skipReason: "missed",
        missedThrough: new Date(plan.missed.through),
        missedCount: plan.missed.count,
        endedAt: new Date(wallNow),
      },
    });
  }
  const planned = plan.slots.map((slot) => ({
    botId: bot.id,
    cycleId: ports.newId(),
    slot: new Date(slot).toISOString(),
    // Only a real venue's bots are spread: no outside server is asked for a demo market.
    wallAt: clock === null ? slot + phaseDelayMs(bot.id, intervalMs) : (wallTimeOf(clock, slot) ?? wallNow),
  }));
  await tx.cycle.createMany({ data: planned.map(({ botId, cycleId, slot }) => ({ id: cycleId, botId, slot })) });
  await tx.bot.update({ where: { id: bot.id }, data: { nextDue: new Date(plan.nextDue) } });
  return planned;
};

/**
 * Plans a run for every slot that begins within 90 seconds, for one page of bots, and moves on their next due slots, in
 * one transaction: what a look does for those that need one, for tests of runs that no look comes before.
 */
export const planCycles = (ports: Pick<Ports, "db" | "wallNow" | "newId">): Promise<PlannedCycle[]> =>
  inTransaction(ports.db, async (tx) => {
    const planned: PlannedCycle[] = [];
    for (const bot of await lockDueBots(tx, ports.wallNow())) planned.push(...(await planBot(tx, bot, ports)));
    return planned;
  });
