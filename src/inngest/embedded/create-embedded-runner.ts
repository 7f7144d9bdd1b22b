import { cleanUpBefore } from "./clean-up";
import { createRunnerDatabase, type RunnerDatabase } from "./base/runner-database";
import { createRunnerEngine, type RunnerEngine } from "./runner-engine";
import { failureFields } from "./base/runner-logger";
import { completeRunnerOptions, type EmbeddedRunnerOptions } from "./runner-options";
import { createRunnerCounters, type RunnerStats } from "./base/runner-stats";
import { startTimers, type RunnerTimers, type TimedTask } from "./base/runner-timers";
import { isStepped } from "./base/scheduler-clock";
import { ensureRunnerSchema } from "./schema/ensure-runner-schema";
import { startWakeListener } from "./wake-listener";

const POLL_MS = 1000;
const CLEAN_UP_EVERY_MS = 3_600_000;
const STOP_PATIENCE_MS = 10_000;

export type EmbeddedRunner = {
  /** Listens for events and works until stop(). */
  start(): void;
  /** Waits at most 10 s for calls in flight and gives back the leases of the rest. Final. */
  stop(): Promise<void>;
  /**
   * Works until nothing is runnable at clock.now() and nothing is in flight here. For stepped clocks and tests; does
   * not wait for other processes, nor for the lease of a dead one. Rejects when the database cannot be reached.
   */
  drain(): Promise<void>;
  /** The earliest instant after clock.now() at which something is due (start, sleep, retry, cron), in clock ms. */
  nextDueAt(): Promise<number | undefined>;
  /** Deletes what ended longer than the retention before `nowMs`; returns how many rows. Wall clock: also by timer. */
  cleanUp(nowMs: number): Promise<number>;
  stats(): RunnerStats;
};

type RunnerParts = {
  readonly engine: RunnerEngine;
  readonly database: RunnerDatabase;
  readonly options: Required<EmbeddedRunnerOptions>;
  readonly cleanUp: (nowMs: number) => Promise<number>;
};

const timedTasks = ({ engine, options, cleanUp }: RunnerParts): TimedTask[] => {
  const { clock } = options.transport;
  const poll = async (): Promise<void> => {
    engine.wake();
    const due = await engine.nextDueAt();
    if (due !== undefined) engine.dueTimer.arm(due);
  };
  const tasks = [{ everyMs: POLL_MS, task: poll }];
  const retention = { everyMs: CLEAN_UP_EVERY_MS, task: async () => void (await cleanUp(clock.now())) };
  return isStepped(clock) ? tasks : [...tasks, retention];
};

/** Extends the leases of calls in flight. It must also run during drain() and stop(), so it has its own timer. */
const keepLeases = ({ engine, options }: RunnerParts): RunnerTimers => {
  const task = (): Promise<void> => engine.queue.extend(engine.pump.inFlight());
  const report = (error: unknown): void => options.logger.warn(failureFields(error), "Leases could not be extended");
  return startTimers([{ everyMs: Math.floor(options.leaseMs / 3), task }], report);
};

/** Starts timers and listener; returns a function that stops them. */
const startAll = (parts: RunnerParts): (() => void) => {
  const { engine, options, database } = parts;
  const report = (error: unknown): void =>
    options.logger.warn(failureFields(error), "The runner lost the database for a moment");
  engine.pump.open();
  const timers = startTimers(timedTasks(parts), report);
  const listener = startWakeListener({ pool: database.pool, onWake: engine.wake, onLost: report });
  return () => {
    timers.stop();
    listener.stop();
  };
};

/**
 * Executes Inngest functions in this process over PostgreSQL, without an Inngest server. Makes the schema `runner`
 * when it is missing. Delivery is at-least-once: a step that was executing when its process died runs again.
 * Rejects with UnsupportedFunction, naming function and option, for anything outside the supported subset.
 * A singleton's lock is taken when its event is accepted, also for a future `ts`, as on Inngest's server.
 */
export const createEmbeddedRunner = async (given: EmbeddedRunnerOptions): Promise<EmbeddedRunner> => {
  const options = completeRunnerOptions(given);
  const { pool } = options.transport;
  const database = createRunnerDatabase(pool);
  const counters = createRunnerCounters();
  const engine = await createRunnerEngine({ options, database, counters });
  await ensureRunnerSchema(pool).catch((error: unknown) => {
    engine.detach();
    throw error;
  });
  const cleanUp = (nowMs: number): Promise<number> => cleanUpBefore(database, nowMs - options.retentionMs);
  const parts = { engine, database, options, cleanUp };
  const leases = keepLeases(parts);
  let endAll: (() => void) | undefined;

  const stop = async (): Promise<void> => {
    endAll?.();
    engine.dueTimer.clear();
    await engine.pump.close(STOP_PATIENCE_MS);
    leases.stop();
    await engine.queue.release(engine.pump.inFlight()).catch(() => undefined); // else the leases run out
    engine.detach();
  };

  return {
    start: () => {
      endAll ??= startAll(parts);
    },
    stop,
    drain: () => {
      engine.wake();
      return engine.pump.drain();
    },
    nextDueAt: engine.nextDueAt,
    cleanUp,
    stats: () => ({ ...counters, roundTrips: database.roundTrips() }),
  };
};
