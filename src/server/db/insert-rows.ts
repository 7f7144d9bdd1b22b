import type { Transaction } from "./client";
import { Prisma } from "./prisma";

/** A row by its columns' names; every row of one insert has the same. Dates as ISO text, amounts as text. */
export type ColumnValues = Readonly<Record<string, unknown>>;

/**
 * An INSERT of rows into a table of ours, to be a part of a larger statement. `when`: writes nothing where it is false.
 * Columns that the rows leave out get their defaults.
 */
export const insertRows = (
  table: string,
  rows: readonly ColumnValues[],
  when: Prisma.Sql = Prisma.sql`true`,
): Prisma.Sql => {
  const [first] = rows;
  if (!first) return Prisma.sql`SELECT 1 WHERE false`;
  const columns = Prisma.raw(Object.keys(first).join(", "));
  const into = Prisma.raw(table);
  return Prisma.sql`INSERT INTO ${into} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${into}, ${JSON.stringify(rows)}::jsonb) WHERE ${when}`;
};

/** Writes as parts of a WITH: all see the rows as they were before, and constraints are checked after all of them. */
export const asParts = (writes: readonly Prisma.Sql[]): Prisma.Sql =>
  Prisma.sql`WITH ${Prisma.join(writes.map((write, index) => Prisma.sql`${Prisma.raw(`write_${index}`)} AS (${write})`))}`;

/** Several writes in one statement. */
export const writeTogether = async (tx: Transaction, writes: readonly Prisma.Sql[]): Promise<void> => {
  await tx.$executeRaw`${asParts(writes)} SELECT 1`;
};
