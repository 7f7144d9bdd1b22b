import pg from "pg";
import { sampleWorld } from "./sample-rows";
import type { SampleRow } from "./sample-table";

/** What PostgreSQL said to a statement: null when it took it, else the constraint's name, or its message without one. */
type Refusal = string | null;

export type ConstraintBench = {
  /** Tries to insert a row on top of the sample rows, after statements that ready them, and takes all of it back. */
  insert(table: string, row: SampleRow, before?: readonly string[]): Promise<Refusal>;
  /** Tries statements on top of the sample rows and takes them back. Deferred constraints are checked at their end. */
  run(...statements: string[]): Promise<Refusal>;
  query<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>;
  close(): Promise<void>;
};

const toParameter = (value: SampleRow[string]): unknown =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : value;

const insertRow = async (client: pg.Client, table: string, row: SampleRow): Promise<void> => {
  const columns = Object.keys(row).map((column) => `"${column}"`);
  const holes = columns.map((_, index) => `$${index + 1}`);
  await client.query(
    `INSERT INTO ${table} (${columns.join()}) VALUES (${holes.join()})`,
    Object.values(row).map(toParameter),
  );
};

/** A database with the sample rows, on which statements are tried one at a time without leaving a trace. */
export const openConstraintBench = async (url: string): Promise<ConstraintBench> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const { table, row } of sampleWorld()) await insertRow(client, table, row);

  const attempt = async (work: () => Promise<void>): Promise<Refusal> => {
    await client.query("BEGIN");
    try {
      await work();
      await client.query("SET CONSTRAINTS ALL IMMEDIATE");
      return null;
    } catch (error) {
      if (error instanceof pg.DatabaseError) return error.constraint ?? error.message;
      throw error;
    } finally {
      await client.query("ROLLBACK");
    }
  };

  return {
    insert: (table, row, before = []) =>
      attempt(async () => {
        for (const statement of before) await client.query(statement);
        await insertRow(client, table, row);
      }),
    run: (...statements) =>
      attempt(async () => {
        for (const statement of statements) await client.query(statement);
      }),
    query: async <Row extends pg.QueryResultRow>(sql: string) => (await client.query<Row>(sql)).rows,
    close: () => client.end(),
  };
};
