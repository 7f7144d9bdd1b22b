import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { v7 as uuidv7 } from "uuid";
import { connectionSettings } from "~/server/db/connection-settings";
import { createRawDatabase } from "~/server/db/raw-sql";
import { watchTrading } from "~/server/health/watch-trading";
import { addFailedLook, databaseAwaySince, type FailedLooks } from "./failed-looks";

const LOOK_EVERY_MS = 3000;
const STATEMENT_MS = 5000;

/**
 * Watches, from the one process that outlives all others, whether trading goes on, and writes the alerts: of a runner
 * that is gone while it is gone, of a database as soon as it is back.
 */
export const keepWatch = (databaseUrl: string): { readonly stop: () => Promise<void> } => {
  const pool = new pg.Pool(connectionSettings({ url: databaseUrl, poolMax: 1, statementMs: STATEMENT_MS }));
  pool.on("error", () => undefined);
  const ports = { db: createRawDatabase(pool), newId: () => uuidv7() };
  const ended = new AbortController();
  const startedAt = new Date();
  let failed: FailedLooks = null;

  const look = async (): Promise<void> => {
    const begunAt = new Date();
    try {
      await watchTrading(ports, { notBefore: startedAt, databaseAwaySince: databaseAwaySince(failed, begunAt) });
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
      await pool.end();
    },
  };
};
