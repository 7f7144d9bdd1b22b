import pg from "pg";
import type { DumpedTable, RowDump } from "./row-dump";

/** Limits what a dump keeps of a table. `where`: the rows to keep. `columns`: SQL written in place of a column. */
type Thinning = { readonly where?: string; readonly columns?: Readonly<Record<string, string>> };

/** As many as the longest indicator reads, and some to spare. */
const CANDLES = 160;
const DETAILED = "interval '12 hours'";
const NEWEST_SLOT = "(SELECT max(slot) FROM cycles WHERE status = 'done')";
const CANDLES_FROM = `(SELECT max(n.open_time) - ${CANDLES} * (CASE right(t.timeframe, 1)
  WHEN 'm' THEN interval '1 minute' WHEN 'h' THEN interval '1 hour' ELSE interval '1 day' END)
  * left(t.timeframe, -1)::int FROM candles n WHERE n.market_id = t.market_id AND n.timeframe = t.timeframe)`;
const ENDED_RUNS = "SELECT id FROM runner.runs WHERE ended_ms < (SELECT max(ended_ms) FROM runner.runs) - 10000";

/** Thins old candles and what the product deletes with time: evidence, live events, ended runs. Never the books. */
const THINNED: Readonly<Record<string, Thinning>> = {
  "public.candles": { where: `t.open_time >= ${CANDLES_FROM}` },
  "public.candle_coverages": { columns: { from: `greatest(t."from", ${CANDLES_FROM})` } },
  "public.market_snapshots": { where: `t.slot >= ${NEWEST_SLOT} - ${DETAILED}` },
  "public.analyses": {
    columns: {
      content: `CASE WHEN t.closed_by >= ${NEWEST_SLOT} - ${DETAILED} THEN content ELSE content || '{"evidence": null}' END`,
    },
  },
  "public.live_events": {
    where: `t.number > (SELECT last_number - 50 FROM live_topics o WHERE o.user_id = t.user_id)`,
  },
  "runner.steps": { where: `t.run_id NOT IN (${ENDED_RUNS})` },
  "runner.runs": { where: `t.id NOT IN (${ENDED_RUNS})` },
  "runner.events": {
    where: `NOT EXISTS (SELECT FROM (${ENDED_RUNS}) o JOIN runner.runs r USING (id) WHERE r.event_id = t.id)`,
  },
};

/** Tables ordered by foreign keys, parents first; without generated columns. */
const TABLES = `
  SELECT n.nspname || '.' || c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relkind = 'r' AND n.nspname IN ('public', 'runner')
    AND c.relname NOT IN ('_prisma_migrations', 'schema_version')
  GROUP BY 1 ORDER BY 1`;

const readTable = async (client: pg.Client, name: string, columns: readonly string[]): Promise<DumpedTable> => {
  const { where = "true", columns: replaced = {} } = THINNED[name] ?? {};
  const values = columns.map((column) => `(${replaced[column] ?? `t.${pg.escapeIdentifier(column)}`})::text`);
  const table = name.split(".").map(pg.escapeIdentifier).join(".");
  const result = await client.query<(string | null)[]>({
    text: `SELECT ${values.join(", ")} FROM ${table} t WHERE ${where} ORDER BY ${values.map((_, n) => n + 1).join(", ")}`,
    rowMode: "array",
  });
  return { table: name, columns, rows: result.rows };
};

const head = async (client: pg.Client): Promise<Pick<RowDump, "migration" | "runnerVersion">> => {
  const { rows } = await client.query<{ migration: string; runnerVersion: number }>(`
    SELECT (SELECT max(migration_name) FROM _prisma_migrations WHERE finished_at IS NOT NULL) AS migration,
      (SELECT max(version)::int FROM runner.schema_version) AS "runnerVersion"`);
  if (!rows[0]) throw new Error("the database has no migrations");
  return rows[0];
};

/** The committed rows of one instant: what a kill at that instant would leave. */
export const dumpRows = async (client: pg.Client): Promise<RowDump> => {
  await client.query("SET TIME ZONE 'UTC'");
  await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const { rows } = await client.query<{ name: string; columns: string[] }>(TABLES);
  const tables: DumpedTable[] = [];
  for (const { name, columns } of rows) tables.push(await readTable(client, name, columns));
  const dump = { ...(await head(client)), tables };
  await client.query("COMMIT");
  return dump;
};
