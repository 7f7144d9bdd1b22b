import pg from "pg";

/** What the stories read from the demo's database, and the little that they change in it. */
export type DemoDatabase = {
  /** The first column of the first row; null: no row. */
  find(sql: string, ...values: readonly string[]): Promise<string | null>;
  /** The same, but waits until there is a row, since the market is running. */
  waitFor(what: string, sql: string, ...values: readonly string[]): Promise<string>;
};

/** Against a product that hangs: a busy machine may need most of it. */
const PATIENCE_MS = 400_000;
const LOOK_AGAIN = "SELECT pg_sleep(0.2)::text";

/** Opens the database for one piece of work. */
export const withDatabase = async <Result>(
  url: string,
  work: (database: DemoDatabase) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const find = async (sql: string, ...values: readonly string[]): Promise<string | null> => {
    const { rows } = await client.query<(string | number | null)[]>({
      text: sql,
      values: [...values],
      rowMode: "array",
    });
    const value = rows[0]?.[0];
    return value === undefined || value === null ? null : String(value);
  };
  const waitFor: DemoDatabase["waitFor"] = async (what, sql, ...values) => {
    const deadline = performance.now() + PATIENCE_MS;
    while (performance.now() < deadline) {
      const found = await find(sql, ...values);
      if (found !== null) return found;
      await find(LOOK_AGAIN);
    }
    throw new Error(`the demo has not come to ${what}`);
  };
  try {
    return await work({ find, waitFor });
  } finally {
    await client.end();
  }
};
