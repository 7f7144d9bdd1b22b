import type { Pool, QueryResultRow } from "pg";

/** A statement prepared once per connection, under its name. */
type Statement = { readonly name: string; readonly text: string };

/** Every statement of the runner is one round trip and one transaction: a call of a function in the schema `runner`. */
export type RunnerDatabase = {
  readonly pool: Pool;
  run<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
  roundTrips(): number;
};

const heard = new WeakSet<Pool>();

/** A broken connection is an `error` event, of its pool or, in use, its own: without a listener it ends the process. */
const hearIdleLosses = (pool: Pool): void => {
  if (heard.has(pool)) return;
  heard.add(pool);
  pool.on("error", () => undefined); // the next statement opens a new connection
  pool.on("connect", (connection) => connection.on("error", () => undefined));
};

export const createRunnerDatabase = (pool: Pool): RunnerDatabase => {
  hearIdleLosses(pool);
  let roundTrips = 0;
  return {
    pool,
    roundTrips: () => roundTrips,
    run: async <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]> => {
      roundTrips += 1;
      const result = await pool.query<Row>({ ...statement, values: [...values] });
      return result.rows;
    },
  };
};

/** PostgreSQL's `text` cannot hold a NUL character. Names may lose it; data is stored as JSON and keeps it. */
export const withoutNul = (text: string): string => text.replaceAll("\u0000", "");
