import type pg from "pg";

/** What can be asked in SQL alone: of Prisma's client, of its transactions, and of plain connections. */
export type RawSql = {
  $queryRaw<Rows>(query: TemplateStringsArray, ...values: unknown[]): Promise<Rows>;
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): Promise<number>;
};

type TransactionLimits = { readonly timeout?: number; readonly maxWait?: number };

export type RawDatabase = RawSql & {
  $transaction<Result>(work: (tx: RawSql) => Promise<Result>, limits?: TransactionLimits): Promise<Result>;
};

const numbered = (query: TemplateStringsArray): string =>
  query.reduce((text, part, index) => `${text}$${index}${part}`);

const rawSqlOf = (connection: Pick<pg.ClientBase, "query">): RawSql => ({
  $queryRaw: async <Rows>(query: TemplateStringsArray, ...values: unknown[]): Promise<Rows> =>
    (await connection.query(numbered(query), values)).rows as Rows,
  $executeRaw: async (query, ...values) => (await connection.query(numbered(query), values)).rowCount ?? 0,
});

/** What is under way rejects by itself; without a listener the event ends the process. */
const ignoreLoss = (): void => undefined;

/** For a process that has no need of Prisma, which takes a hundred megabytes. */
export const createRawDatabase = (pool: pg.Pool): RawDatabase => ({
  ...rawSqlOf(pool),
  $transaction: async (work) => {
    const connection = await pool.connect();
    connection.on("error", ignoreLoss);
    let fault: Error | undefined;
    try {
      await connection.query("BEGIN");
      const result = await work(rawSqlOf(connection));
      await connection.query("COMMIT");
      return result;
    } catch (error) {
      fault = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      // Closed after a failure: whether its transaction still stands is not known.
      connection.release(fault);
      connection.off("error", ignoreLoss);
    }
  },
});
