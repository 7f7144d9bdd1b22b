import { setTimeout as delay } from "node:timers/promises";
import { watchTrading } from "../../src/server/health/watch-trading";
import { createRuntime } from "../../src/server/runtime";

const LOOK_EVERY_MS = 3000;
const STATEMENT_MS = 5000;
/** A database that could not be asked for so long was away; shorter is a hiccup. */
const AWAY_MS = 10_000;

/**
 * Watches, from the one process that outlives all others, whether trading goes on, and writes the alerts: of a runner
 * that is gone while it is gone, of a database as soon as it is back.
 */
export const keepWatch = (databaseUrl: string): { readonly stop: () => Promise<void> } => {
  const runtime = createRuntime({ databaseUrl, poolMax: 1, statementMs: STATEMENT_MS });
  const ended = new AbortController();
  const startedAt = new Date();
  let answeredAt = startedAt;

  const look = async (): Promise<void> => {
    const begunAt = new Date();
    const wasAway = begunAt.getTime() - answeredAt.getTime() > AWAY_MS;
    await watchTrading(runtime, { notBefore: startedAt, databaseAwaySince: wasAway ? answeredAt : null });
    answeredAt = new Date();
  };
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      // A look that fails is told by the next one that does not.
      await look().catch(() => undefined);
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
