import type { Database } from "../db/client";

const textOf = (args: unknown): string =>
  JSON.stringify(args, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));

/** The database with something done around each statement, also those of transactions. `text`: its SQL and values. */
export const interceptStatements = (
  db: Database,
  around: (text: string, run: () => Promise<unknown>) => Promise<unknown>,
): Database =>
  db.$extends({
    query: { $allOperations: ({ args, query }) => around(textOf(args), () => query(args)) },
  }) as unknown as Database;
