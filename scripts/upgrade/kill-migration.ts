import pg from "pg";
import { applyMigrations } from "../migrations/apply-migrations";
import type { Migration } from "../migrations/list-migrations";

const WAITING = `
  SELECT pid FROM pg_locks WHERE relation = '_prisma_migrations'::regclass AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

const untilWaiting = async (client: pg.Client, isOver: () => boolean): Promise<number | null> => {
  while (!isOver()) {
    const { rows } = await client.query<{ pid: number }>(WAITING);
    if (rows[0]) return rows[0].pid;
    await client.query("SELECT pg_sleep(0.01)");
  }
  return null;
};

/**
 * Runs `applying` until the script of the first missing migration has run and only its record is missing, then calls
 * `kill`. Returns the error of `applying`, null without one. Throws when no migration gets that far.
 */
export const killAtRecord = async (
  ownerUrl: string,
  applying: () => Promise<unknown>,
  kill: (client: pg.Client, pid: number) => Promise<unknown>,
): Promise<unknown> => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Allows reading the records but not writing them.
    await client.query("BEGIN; LOCK TABLE _prisma_migrations IN SHARE MODE");
    let isOver = false;
    const failure = applying()
      .then(
        () => null,
        (error: unknown) => error,
      )
      .finally(() => (isOver = true));
    const pid = await untilWaiting(client, () => isOver);
    if (pid === null) throw new Error("no migration came to its end", { cause: await failure });
    await kill(client, pid);
    await client.query("ROLLBACK");
    return await failure;
  } finally {
    await client.end();
  }
};

/** Ends the session that applies these migrations at the last moment before the first missing one commits. */
export const killInMigration = (ownerUrl: string, migrations: readonly Migration[]): Promise<unknown> =>
  killAtRecord(
    ownerUrl,
    () => applyMigrations(ownerUrl, migrations),
    (client, pid) => client.query("SELECT pg_terminate_backend($1)", [pid]),
  );
