import type { Pool, PoolClient } from "pg";
import { EVENT_NAMES } from "./event-names";
import { JOB_FUNCTIONS } from "./job-functions";
import { RETENTION_FUNCTIONS } from "./retention-functions";
import { ROUTING_FUNCTIONS } from "./routing-functions";
import { RUNNER_TABLES } from "./runner-tables";

/** Append only: a released version is never edited. The version is the position, from 1. */
const MIGRATIONS = [
  [RUNNER_TABLES, ROUTING_FUNCTIONS, JOB_FUNCTIONS, RETENTION_FUNCTIONS].join("\n"),
  EVENT_NAMES,
] as const;

/** Null: nothing is installed. Needs only the right to read. */
const readVersion = async (client: PoolClient): Promise<number | null> => {
  const { rows } = await client.query<{ found: boolean }>(
    "select to_regclass('runner.schema_version') is not null as found",
  );
  if (rows[0]?.found !== true) return null;
  const installed = await client.query<{ version: number }>(
    "select coalesce(max(version), 0)::int as version from runner.schema_version",
  );
  return installed.rows[0]?.version ?? 0;
};

const refuseNewer = (installed: number): void => {
  if (installed <= MIGRATIONS.length) return;
  throw new Error(
    `The schema "runner" has version ${installed}, this program knows ${MIGRATIONS.length}: start the newer program.`,
  );
};

const migrate = async (client: PoolClient, target: number): Promise<void> => {
  await client.query("select pg_advisory_xact_lock(hashtext('runner.schema'))");
  await client.query(`
    create schema if not exists runner;
    create table if not exists runner.schema_version (
      version int primary key, installed_at timestamptz not null default clock_timestamp())`);
  const installed = (await readVersion(client)) ?? 0;
  refuseNewer(installed);
  for (const [index, sql] of MIGRATIONS.entries()) {
    if (index < installed || index >= target) continue;
    await client.query(sql);
    await client.query("insert into runner.schema_version (version) values ($1)", [index + 1]);
  }
};

const INSUFFICIENT_PRIVILEGE = "42501";

const explain = (error: unknown): unknown =>
  (error as { code?: string }).code === INSUFFICIENT_PRIVILEGE
    ? new Error('The schema "runner" is not up to date. Run "npm run -s db:migrate" as the owner of the tables.')
    : error;

/**
 * Creates or updates the schema `runner`. Only its owner may do that; when it is current, a role that may read is
 * enough. Safe to call from several processes at once and at every start. Throws when the database holds a newer
 * version than this program knows. `target`: the version to stop at.
 */
export const ensureRunnerSchema = async (pool: Pool, target: number = MIGRATIONS.length): Promise<void> => {
  const client = await pool.connect();
  const ignoreLostConnection = (): void => undefined; // the query in flight rejects; the event itself must not crash us
  client.on("error", ignoreLostConnection);
  try {
    const installed = await readVersion(client);
    if (installed === target) return;
    // Comes before anything that needs the owner's rights: a newer schema must not be touched.
    refuseNewer(installed ?? 0);
    await client.query("begin");
    await migrate(client, target);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(ignoreLostConnection);
    throw explain(error);
  } finally {
    client.off("error", ignoreLostConnection);
    client.release();
  }
};
