import type { InngestClient } from "../../src/inngest/client";
import { guardRequested, planRequested } from "../../src/inngest/events";
import type { EmbeddedRunner } from "../../src/inngest/embedded/create-embedded-runner";
import { checkBotInvariants } from "../../src/server/books/check-bot-invariants";
import type { Runtime } from "../../src/server/runtime";
import type { ReplayClock } from "./replay-clock";
import type { ReplayBot } from "./set-up-replay";

export type Drive = {
  readonly runtime: Runtime;
  readonly runner: EmbeddedRunner;
  readonly client: InngestClient;
  readonly clock: ReplayClock;
  readonly bot: ReplayBot;
  readonly from: number;
  readonly to: number;
  readonly intervalMs: number;
  readonly guardMs: number | null;
  /** Told the market time (ms) after each step; true asks to stop. */
  readonly onProgress: (marketTime: number) => boolean;
};

/** The tick comes as often as its cron would, in scheduler time: 60 s of it. */
const PLAN_EVERY_SCHEDULER_MS = 60_000;

/** The next instant of a cadence that counts from `from`, after `time`. */
const nextOf = (time: number, from: number, every: number): number =>
  from + (Math.floor((time - from) / every) + 1) * every;

/** Slots that are done and were not checked: the one that was finished last when a replay was killed, or none. */
const checkUnchecked = async ({ runtime, bot }: Drive): Promise<void> => {
  const rows = await runtime.db.$queryRaw<{ slot: Date }[]>`
    SELECT c.slot FROM cycles c WHERE c.bot_id = ${bot.botId}::uuid AND c.status = 'done'
      AND NOT EXISTS (SELECT 1 FROM invariant_checks i WHERE i.bot_id = c.bot_id AND i.at = c.slot) ORDER BY c.slot`;
  for (const { slot } of rows) await checkBotInvariants(runtime, { ...bot, at: slot.getTime() });
};

const isSlot = ({ intervalMs }: Drive, time: number): boolean => time % intervalMs === 0;

/**
 * Steps the clock from one due instant to the next and lets the runner work at each until nothing is left: cycles,
 * ticks and the guard run as they do live, only nobody waits. Ends with the last slot before `to`, so that books and
 * equity are of one moment; false when it was asked to stop.
 */
export const driveReplay = async (drive: Drive): Promise<boolean> => {
  const { runner, client, clock, from, to, guardMs, runtime, bot } = drive;
  const planEvery = PLAN_EVERY_SCHEDULER_MS * clock.row.speed;
  const lastSlot = Math.ceil(to / drive.intervalMs - 1) * drive.intervalMs;
  let plannedAt = Number.NEGATIVE_INFINITY;
  await checkUnchecked(drive);
  for (;;) {
    const now = clock.venueNow();
    if (now >= plannedAt + planEvery) {
      plannedAt = nextOf(now, from, planEvery) - planEvery;
      await client.send(planRequested.create({}, { id: `plan:${plannedAt}:${now}` }));
    }
    if (guardMs !== null && (now - from) % guardMs === 0) {
      await client.send(guardRequested.create({}, { id: `guard:${now}` }));
    }
    await runner.drain();
    if (isSlot(drive, now)) await checkBotInvariants(runtime, { ...bot, at: now });
    if (drive.onProgress(now)) return false;
    const next = Math.min(
      await nextRunnerInstant(drive),
      plannedAt + planEvery,
      guardMs === null ? Number.POSITIVE_INFINITY : nextOf(now, from, guardMs),
    );
    if (next > lastSlot) return true;
    clock.scheduler.jumpTo(clock.schedulerTimeOf(next));
  }
};

const nextRunnerInstant = async ({ runner, clock }: Drive): Promise<number> => {
  const due = await runner.nextDueAt();
  return due === undefined
    ? Number.POSITIVE_INFINITY
    : clock.row.anchorMarket + (due - clock.row.anchorWall) * clock.row.speed;
};
