import type { InngestClient } from "../../src/inngest/client";
import { guardRequested, planRequested } from "../../src/inngest/events";
import type { EmbeddedRunner } from "../../src/inngest/embedded/create-embedded-runner";
import { venueTimeAt } from "../../src/trading/market/venue-clock";
import type { ReplayClock } from "./replay-clock";

export type ClockDrive = {
  readonly runner: EmbeddedRunner;
  readonly client: InngestClient;
  readonly clock: ReplayClock;
  readonly from: number;
  readonly to: number;
  readonly guardMs: number | null;
  /** Called with the market time (ms) when everything due at it is done; true asks to stop. */
  readonly onInstant: (marketTime: number) => Promise<boolean>;
};

/** The tick comes as often as its cron would: every 60 s of scheduler time. */
const PLAN_EVERY_SCHEDULER_MS = 60_000;

/** The first instant after `time` of a cadence that starts at `from`. */
const nextOf = (time: number, from: number, every: number): number =>
  from + (Math.floor((time - from) / every) + 1) * every;

/**
 * Steps the clock from one due instant to the next and lets the runner work at each until nothing is left: cycles,
 * ticks and the guard run as they do live, without the waiting. Ends before `to`; returns false when it was stopped.
 */
export const driveClock = async (drive: ClockDrive): Promise<boolean> => {
  const { runner, client, clock, from, to, guardMs } = drive;
  const planEvery = PLAN_EVERY_SCHEDULER_MS * clock.row.speed;
  let plannedAt = Number.NEGATIVE_INFINITY;
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
    if (await drive.onInstant(now)) return false;
    const next = Math.min(
      await nextRunnerInstant(drive),
      plannedAt + planEvery,
      guardMs === null ? Number.POSITIVE_INFINITY : nextOf(now, from, guardMs),
    );
    if (next >= to) return true;
    clock.scheduler.jumpTo(clock.schedulerTimeOf(next));
  }
};

const nextRunnerInstant = async ({ runner, clock }: ClockDrive): Promise<number> => {
  const due = await runner.nextDueAt();
  return due === undefined ? Number.POSITIVE_INFINITY : venueTimeAt(clock.row, due);
};
