import { SAMPLE_BOOKS } from "./sample-books";
import { SAMPLE_MODELS } from "./sample-models";
import { SAMPLE_PEOPLE } from "./sample-people";
import type { SampleRow, SampleTable } from "./sample-table";

/** One valid row for every table, parents before children. */
export const SAMPLE_TABLES: Readonly<Record<string, SampleTable>> = {
  ...SAMPLE_PEOPLE,
  ...SAMPLE_BOOKS,
  ...SAMPLE_MODELS,
};

/** How many rows stand there already, of tables whose rows others name by number; one of any other. */
const ROWS_THERE: Readonly<Record<string, number>> = {
  users: 2,
  venues: 2,
  accounts: 2,
  markets: 3,
  bots: 2,
  bot_settings: 2,
  cycles: 2,
  decisions: 2,
  order_intents: 2,
  positions: 2,
  commands: 3,
};

/** What stands in the database before a case: row 1 of every table, and further ones of those that others name. */
export const sampleWorld = (): { readonly table: string; readonly row: SampleRow }[] =>
  Object.entries(SAMPLE_TABLES).flatMap(([table, make]) =>
    Array.from({ length: ROWS_THERE[table] ?? 1 }, (_, index) => ({ table, row: make(index + 1) })),
  );

/** A valid row that is not there yet. Throws for an unknown table. */
export const freshRow = (table: string): SampleRow => {
  const make = SAMPLE_TABLES[table];
  if (!make) throw new Error(`${table} has no sample row: add one`);
  return make((ROWS_THERE[table] ?? 1) + 1);
};
