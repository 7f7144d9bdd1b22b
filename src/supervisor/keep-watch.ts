import { setTimeout as delay } from "node:timers/promises";
import { watchTrading } from "~/server/health/watch-trading";
import { createRuntime } from "~/server/runtime";
import { addFailedLook, databaseAwaySince, type FailedLooks } from "./failed-looks";

const LOOK_EVERY_MS = 3000;
const STATEMENT_MS = 5000;

/**
 * Watches, from the one process that outlives all others, whether trading goes on, and writes the alerts: of a runner
 * that is gone while it is gone, of a database as soon as it is back.
 */
export const keepWatch = (databaseUrl: string): { readonly stop: () => Promise<void> } => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1, statementMs: STATEMENT_MS });
  const ended = new AbortController();
  const startedAt = new Date();
  let failed: FailedLooks = null;

  const look = async (): Promise<void> => {
    const begunAt = new Date();
    try {
      await watchTrading(runtime, { notBefore: startedAt, databaseAwaySince: databaseAwaySince(failed, begunAt) });
      failed = null;
    } catch {
      // It is told by the next one that does not fail.
      failed = addFailedLook(failed, begunAt);
    }
  };
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await look();
      await delay(LOOK_EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  };
  const watching = watch();
  return {
    stop: async () => {
      ended.abort();
      await watching;
      await runtime.close();
    },
  };
};
