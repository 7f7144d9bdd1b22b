import pg from "pg";
import { ensureRunnerSchema } from "../../src/inngest/embedded/schema/ensure-runner-schema";
import { applyMigrations } from "../migrations/apply-migrations";
import { listMigrations } from "../migrations/list-migrations";
import type { DumpedTable, RowDump } from "./row-dump";

const CHUNK = 2000;

const quoted = (table: string): string => table.split(".").map(pg.escapeIdentifier).join(".");

const TYPES = `
  SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`;

const insertRows = async (client: pg.Client, { table, columns, rows }: DumpedTable): Promise<void> => {
  const types = await client.query<{ name: string; type: string }>(TYPES, [quoted(table)]);
  const values = columns.map((column, index) => {
    const type = types.rows.find(({ name }) => name === column)?.type;
    if (type === undefined) throw new Error(`${table} has no column ${column}`);
    return `(r ->> ${index})::${type}`;
  });
  const into = `${quoted(table)} (${columns.map(pg.escapeIdentifier).join(", ")})`;
  const sql = `INSERT INTO ${into} OVERRIDING SYSTEM VALUE SELECT ${values.join(", ")} FROM jsonb_array_elements($1) r`;
  for (let at = 0; at < rows.length; at += CHUNK) {
    await client.query(sql, [JSON.stringify(rows.slice(at, at + CHUNK))]);
  }
};

/** Sequences continue after the highest number in use. */
const SEQUENCES = `
  SELECT format('SELECT setval(%L, coalesce(max(%I), 0) + 1, false) FROM %I.%I', pg_get_serial_sequence(
    format('%I.%I', n.nspname, c.relname), a.attname), a.attname, n.nspname, c.relname) AS sql
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relkind = 'r' AND n.nspname IN ('public', 'runner') AND a.attnum > 0 AND NOT a.attisdropped
    AND pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) IS NOT NULL`;
const STEP_SEQUENCE =
  "SELECT setval('runner.step_finished', coalesce(max(finished_seq), 0) + 1, false) FROM runner.steps";

const setSequences = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ sql: string }>(SEQUENCES);
  for (const { sql } of rows) await client.query(sql);
  await client.query(STEP_SEQUENCE);
};

/** Makes the database as it was at the dump: applies the migrations up to it, then inserts rows without triggers. */
export const restoreRows = async (ownerUrl: string, dump: RowDump): Promise<void> => {
  await applyMigrations(
    ownerUrl,
    listMigrations().filter(({ name }) => name <= dump.migration),
  );
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
  await ensureRunnerSchema(pool, dump.runnerVersion);
  await pool.end();
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL TIME ZONE 'UTC'");
    const filled = dump.tables.filter(({ rows }) => rows.length > 0);
    for (const table of filled) await insertRows(client, table);
    await setSequences(client);
    await client.query("COMMIT; ANALYZE");
  } finally {
    await client.end();
  }
};
