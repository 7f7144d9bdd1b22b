import type { Inngest, InngestFunction } from "inngest";
import type { EmbeddedTransport } from "./transport/embedded-transport";
import { createInngestBackoff, type RetryBackoff } from "./base/retry-backoff";
import { silentRunnerLogger, type RunnerLogger } from "./base/runner-logger";

export type EmbeddedRunnerOptions = {
  /** The transport whose `fetch` the client was made with; brings pool and clock. */
  readonly transport: EmbeddedTransport;
  /** The client the functions were made with, in dev mode. */
  readonly client: Inngest.Any;
  readonly functions: readonly InngestFunction.Any[];
  /** Calls in flight in this process; default 16. */
  readonly concurrency?: number;
  /** How long a dead process still holds its job, in ms; default 5000. Leases are extended every third of it. */
  readonly leaseMs?: number;
  /** How long ended runs and events are kept, at least the 24 h of the event-id dedupe; default 48 h. */
  readonly retentionMs?: number;
  /** False = cron triggers do not fire: a replay sends its ticks itself. */
  readonly cron?: boolean;
  readonly backoff?: RetryBackoff;
  readonly logger?: RunnerLogger;
};

const HOUR_MS = 3_600_000;
const DEDUPE_WINDOW_MS = 24 * HOUR_MS;

const checkWhole = (name: string, value: number, least: number): void => {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`createEmbeddedRunner: ${name} must be a whole number of at least ${least}, was ${value}.`);
  }
};

/** Fills in the defaults. Throws a RangeError for a number out of its range. */
export const completeRunnerOptions = (options: EmbeddedRunnerOptions): Required<EmbeddedRunnerOptions> => {
  const complete = {
    concurrency: 16,
    leaseMs: 5000,
    retentionMs: 2 * DEDUPE_WINDOW_MS,
    cron: true,
    backoff: createInngestBackoff(),
    logger: silentRunnerLogger,
    ...options,
  };
  checkWhole("concurrency", complete.concurrency, 1);
  checkWhole("leaseMs", complete.leaseMs, 300);
  checkWhole("retentionMs", complete.retentionMs, DEDUPE_WINDOW_MS);
  return complete;
};
