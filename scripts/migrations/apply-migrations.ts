import { randomUUID } from "node:crypto";
import pg from "pg";
import { ensureDatabase } from "./ensure-database";
import { listMigrations, type Migration } from "./list-migrations";

/** Prisma's own lock, so that a `prisma migrate` run by hand at the same time waits. */
const MIGRATION_LOCK = 72_707_369;

/** The same table as Prisma's, because Prisma's commands read it. */
const RECORDS = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

const IS_FOREIGN = `
  SELECT to_regclass('_prisma_migrations') IS NULL
    AND EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r') AS "isForeign"`;

const STATE = `
  SELECT finished_at IS NOT NULL AS "isFinished" FROM _prisma_migrations
  WHERE migration_name = $1 AND rolled_back_at IS NULL`;

const GIVE_UP_HALF = `
  UPDATE _prisma_migrations SET rolled_back_at = now()
  WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL`;

const RECORD = `
  INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
  VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`;

/** Runs `work` in a transaction; a concurrent migration or check waits. */
const locked = async (client: pg.Client, work: () => Promise<void>): Promise<void> => {
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
};

const makeRecords = (client: pg.Client): Promise<void> =>
  locked(client, async () => {
    const { rows } = await client.query<{ isForeign: boolean }>(IS_FOREIGN);
    if (rows[0]?.isForeign === true) {
      throw new Error(
        "This database has tables of something else, which 0xBot does not touch: name an empty database.",
      );
    }
    await client.query(RECORDS);
  });

/** `isHalf`: Prisma began the migration and was killed before it recorded the end. */
const explain = (error: unknown, { name }: Migration, isHalf: boolean): unknown => {
  if (!(error instanceof pg.DatabaseError)) return error;
  const refused = `The migration ${name} was refused, and nothing of it is kept: ${error.message} (SQLSTATE ${error.code})`;
  if (!isHalf) return new Error(refused);
  return new Error(
    `${refused}\nIt had begun before and did not end. Look at what it did: where all of it is there, run ` +
      `"DATABASE_URL=... npx prisma migrate resolve --applied ${name}"; else undo it by hand. Then start again.`,
  );
};

/** In one transaction: a kill at any instant leaves the whole migration with its record, or nothing. */
const applyMigration = async (client: pg.Client, migration: Migration): Promise<void> => {
  const { name, sql, checksum } = migration;
  let isHalf = false;
  const applying = locked(client, async () => {
    const { rows } = await client.query<{ isFinished: boolean }>(STATE, [name]);
    if (rows.some(({ isFinished }) => isFinished)) return;
    isHalf = rows.length > 0;
    if (isHalf) await client.query(GIVE_UP_HALF, [name]);
    await client.query(sql);
    await client.query(RECORD, [randomUUID(), checksum, name]);
  });
  await applying.catch((error: unknown) => {
    throw explain(error, migration, isHalf);
  });
};

/**
 * Brings the database up to the newest migration, each in a transaction of its own with its record; makes the database
 * when it is missing. The next start repeats a migration that was killed. `prisma migrate deploy` leads to the same
 * tables and records, but refuses to continue after a kill.
 */
export const applyMigrations = async (
  url: string,
  migrations: readonly Migration[] = listMigrations(),
): Promise<void> => {
  await ensureDatabase(url);
  const client = new pg.Client({ connectionString: url });
  // The query in flight rejects; the event only must not crash.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SET client_min_messages = warning");
    await makeRecords(client);
    for (const migration of migrations) await applyMigration(client, migration);
  } finally {
    await client.end().catch(() => undefined);
  }
};
