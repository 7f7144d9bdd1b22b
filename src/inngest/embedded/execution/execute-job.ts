import { callFunction, type ServeHandler } from "./call-function";
import type { RegisteredFunction } from "../registry/function-registry";
import { interpretAnswer, wokenSleep } from "./interpret-answer";
import type { JobPumpOptions } from "../queue/job-pump";
import type { Job, JobQueue } from "../queue/job-queue";
import type { RetryBackoff } from "../base/retry-backoff";
import { failureFields, type RunnerLogger } from "../base/runner-logger";
import type { SchedulerClock } from "../base/scheduler-clock";
import type { SettledCall } from "../base/settled-call";
import { withRetries } from "../base/with-retries";

export type JobExecutorOptions = {
  readonly queue: JobQueue;
  readonly handler: ServeHandler;
  readonly functions: readonly RegisteredFunction[];
  readonly clock: SchedulerClock;
  readonly backoff: RetryBackoff;
  readonly logger: RunnerLogger;
  /** Called when a call was stored: what it left to do later, and whether it made an event. */
  readonly onSettled: (call: SettledCall) => void;
  readonly count: { calls: number; settled: number; stale: number };
};

/**
 * Executes one job: call, then settle, where the next due job is claimed with it. The result never rejects; a job that
 * could not be stored is claimed again.
 */
export const createJobExecutor = (options: JobExecutorOptions): JobPumpOptions["execute"] => {
  const { queue, clock, backoff, count } = options;
  const attemptsOf = new Map(options.functions.map((fn) => [fn.id, fn.maxAttempts]));

  const work = async (job: Job): Promise<SettledCall> => {
    if (job.kind === "sleep") return wokenSleep(job);
    count.calls += 1;
    const maxAttempts = attemptsOf.get(job.fn) ?? 1;
    const answer = await callFunction(options.handler, job, maxAttempts);
    return interpretAnswer(answer, { job, maxAttempts, now: clock.now(), backoff });
  };

  return async (job, mayClaim) => {
    try {
      const call = await work(job);
      const limit = mayClaim() ? 1 : 0;
      // Repeating is safe: after a settle whose answer was lost, the job is gone and the result is stale.
      const claimed = await withRetries(() => queue.settle(job, call, { now: clock.now(), limit }));
      count[claimed ? "settled" : "stale"] += 1;
      if (claimed) options.onSettled(call);
      return claimed !== null && limit > 0 ? claimed : undefined;
    } catch (error) {
      options.logger.error({ ...failureFields(error), fn: job.fn, runId: job.runId }, "A call could not be stored");
      await queue.release([job]).catch(() => undefined); // else the lease runs out
      return undefined;
    }
  };
};
