import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";

/** Every value as PostgreSQL writes it, null as null. */
export type DumpedTable = {
  /** The table's name with its schema. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
};

/** The rows of a database. The migrations up to `migration` make its schema. */
export type RowDump = {
  readonly migration: string;
  /** The version of the schema `runner`. */
  readonly runnerVersion: number;
  readonly tables: readonly DumpedTable[];
};

/** One line for the head, one per table; the same dump gives the same bytes. */
export const writeDump = (file: string, { tables, ...head }: RowDump): void => {
  const text = [head, ...tables].map((line) => `${JSON.stringify(line)}\n`).join("");
  writeFileSync(file, gzipSync(text, { level: 9 }));
};

export const readDump = (file: string): RowDump => {
  const [head = "", ...tables] = gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n");
  return {
    ...(JSON.parse(head) as Omit<RowDump, "tables">),
    tables: tables.map((line) => JSON.parse(line) as DumpedTable),
  };
};
