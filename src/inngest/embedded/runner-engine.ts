import { createCronSchedule, type CronSlot } from "./base/cron-schedule";
import { createDueTimer, type DueTimer } from "./base/due-timer";
import { createEventInbox } from "./queue/event-inbox";
import { createJobExecutor } from "./execution/execute-job";
import { createJobPump, type JobPump } from "./queue/job-pump";
import { createJobQueue, type Job, type JobQueue } from "./queue/job-queue";
import { registerFunctions } from "./execution/register-functions";
import { createEventRouter, type EventRouter } from "./routing/route-events";
import type { RunnerDatabase } from "./base/runner-database";
import { failureFields, type RunnerLogger } from "./base/runner-logger";
import type { EmbeddedRunnerOptions } from "./runner-options";
import type { RunnerCounters } from "./base/runner-stats";
import type { SettledCall } from "./base/settled-call";

/** The runner without its timers: the parts that work on request. */
export type RunnerEngine = {
  readonly pump: JobPump;
  readonly queue: JobQueue;
  readonly dueTimer: DueTimer;
  /** Events may have arrived: the next claim routes first. */
  wake(): void;
  nextDueAt(): Promise<number | undefined>;
  detach(): void;
};

type EngineOptions = {
  readonly options: Required<EmbeddedRunnerOptions>;
  readonly database: RunnerDatabase;
  readonly counters: RunnerCounters;
};

type Firing = { readonly router: EventRouter; readonly now: number; readonly logger: RunnerLogger };

/** Answers whether it started the run of the slot: without the database it does not, and the work that waits goes on. */
const tryCron = ({ router, now, logger }: Firing, slot: CronSlot): Promise<boolean> =>
  router.fireCron(slot, now).then(
    () => true,
    (error: unknown) => {
      logger.warn({ ...failureFields(error), fn: slot.fn }, "A cron could not be fired: it is tried again");
      return false;
    },
  );

/** Registers the functions and puts the parts together. Throws UnsupportedFunction. */
export const createRunnerEngine = async ({ options, database, counters }: EngineOptions): Promise<RunnerEngine> => {
  const { clock } = options.transport;
  const wake = (): void => {
    inbox.mark();
    pump.kick();
  };
  const registration = await registerFunctions({
    ...options,
    database,
    onWake: wake,
    onCheckpoint: (answer, steps) => {
      counters.checkpoints += 1;
      if (answer === "saved") counters.steps += steps;
    },
  });
  const { functions } = registration;
  const queue = createJobQueue(database, { leaseMs: options.leaseMs, functionIds: functions.map((fn) => fn.id) });
  const router = createEventRouter(database, functions);
  const crons = createCronSchedule(options.cron ? functions.flatMap((fn) => fn.crons) : [], clock.now());
  const dueTimer = createDueTimer(clock, () => pump.kick());

  const onRouted = (events: number): void => {
    counters.eventsRouted += events;
  };
  const inbox = createEventInbox({ router, queue, clock, dueTimer, onRouted });

  const onSettled = (call: SettledCall): void => {
    counters.steps += call.values.filter((value) => value !== null).length;
    if (call.failure !== undefined) wake();
    for (const job of call.plan.jobs) if (job.due_ms > clock.now()) dueTimer.arm(job.due_ms);
  };

  const claim = async (limit: number): Promise<Job[]> => {
    const now = clock.now();
    await crons.fireDue(now, (slot) => tryCron({ router, now, logger: options.logger }, slot));
    counters.claims += 1;
    return inbox.claim(limit);
  };

  const execute = createJobExecutor({
    ...options,
    clock,
    queue,
    handler: registration.handler,
    functions,
    onSettled,
    count: counters,
  });
  const pump = createJobPump({
    concurrency: options.concurrency,
    claim,
    execute,
    release: queue.release,
    heldForMs: () => queue.heldForMs(clock.now()),
    onClaimFailed: (error) => options.logger.warn(failureFields(error), "The runner could not read its queue"),
  });

  const nextDueAt = async (): Promise<number | undefined> => {
    const due = [await queue.nextDueAt(clock.now()), crons.nextAt()].filter((at) => at !== undefined);
    return due.length === 0 ? undefined : Math.min(...due);
  };

  return { pump, queue, dueTimer, wake, nextDueAt, detach: registration.detach };
};
