import pg from "pg";
import type { DumpedTable, RowDump } from "./row-dump";

/** What migrations since the dump changed on purpose, by `schema.table.column`. */
export type Changes = {
  /** Replaced parts of a value, in order. */
  readonly reworded: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;
  /** Removed columns whose content is stored elsewhere. */
  readonly dropped: readonly string[];
  /** Tables that read otherwise now, by what reads as they did. */
  readonly moved?: Readonly<Record<string, string>>;
};

const SHOWN_MAX = 3;

type Row = readonly (string | null)[];

const isKept = (changes: Changes, table: string) => (column: string) => !changes.dropped.includes(`${table}.${column}`);

const readRows = async (
  client: pg.Client,
  { table, columns, from }: { readonly table: string; readonly columns: readonly string[]; readonly from?: string },
): Promise<Row[]> => {
  const name = table.split(".").map(pg.escapeIdentifier).join(".");
  const values = columns.map((column) => `${pg.escapeIdentifier(column)}::text`);
  const text = `SELECT ${values.join(", ")} FROM ${from === undefined ? name : `(${from}) moved`}`;
  return (await client.query<(string | null)[]>({ text, rowMode: "array" })).rows;
};

/** The dumped rows as they should read after the migrations, without removed columns. */
const expectedRows = ({ table, columns, rows }: DumpedTable, changes: Changes): Row[] => {
  const kept = columns.map(isKept(changes, table));
  const wordings = columns.map((column) => changes.reworded[`${table}.${column}`] ?? []);
  const reword = (value: string | null, index: number): string | null =>
    value === null ? null : (wordings[index] ?? []).reduce((text, [from, to]) => text.replaceAll(from, to), value);
  return rows.map((row) => row.map(reword).filter((_value, index) => kept[index]));
};

const without = (rows: readonly Row[], others: readonly Row[]): string[] => {
  const left = new Map<string, number>();
  for (const key of others.map((row) => JSON.stringify(row))) left.set(key, (left.get(key) ?? 0) + 1);
  return rows
    .map((row) => JSON.stringify(row))
    .filter((key) => {
      const count = left.get(key) ?? 0;
      left.set(key, count - 1);
      return count <= 0;
    });
};

const compareTable = async (client: pg.Client, dumped: DumpedTable, changes: Changes): Promise<string[]> => {
  const columns = dumped.columns.filter(isKept(changes, dumped.table));
  const expected = expectedRows(dumped, changes);
  const from = changes.moved?.[dumped.table];
  const asked = { table: dumped.table, columns, ...(from !== undefined && { from }) };
  const found = await readRows(client, asked).catch((error: unknown) => String(error));
  if (typeof found === "string") return [`${dumped.table}: ${found}`];
  const lost = without(expected, found).map((row) => `${dumped.table}: gone is ${row}`);
  const added = without(found, expected).map((row) => `${dumped.table}: new is ${row}`);
  return [...lost.slice(0, SHOWN_MAX), ...added.slice(0, SHOWN_MAX)];
};

/** How the database's rows differ from the dumped ones, in words; columns and tables not in the dump are ignored. */
export const compareRows = async (url: string, dump: RowDump, changes: Changes): Promise<readonly string[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SET TIME ZONE 'UTC'");
    const differences: string[] = [];
    for (const table of dump.tables) differences.push(...(await compareTable(client, table, changes)));
    return differences;
  } finally {
    await client.end();
  }
};
