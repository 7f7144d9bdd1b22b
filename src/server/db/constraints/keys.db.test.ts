import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../scripts/testing/test-database";
import { openConstraintBench, type ConstraintBench } from "../../testing/constraint-bench";
import { sampleId } from "../../testing/sample-id";
import { freshRow, SAMPLE_TABLES } from "../../testing/sample-rows";
import type { SampleRow } from "../../testing/sample-table";

type Key = { readonly name: string; readonly table: string; readonly columns: string[] };

let database: TestDatabase;
let bench: ConstraintBench;
beforeAll(async () => {
  database = await createTestDatabase();
  bench = await openConstraintBench(database.ownerUrl);
});
afterAll(async () => {
  await bench.close();
  await database.drop();
});

/** Unique indexes over whole tables, primary keys among them. */
const UNIQUE_KEYS = `
  SELECT c.relname AS name, t.relname AS table, array_agg(a.attname::text) AS columns
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
  JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
  WHERE i.indisunique AND i.indpred IS NULL AND t.relnamespace = 'public'::regnamespace AND t.relname <> '_prisma_migrations'
  GROUP BY c.relname, t.relname ORDER BY c.relname`;

const FOREIGN_KEYS = `
  SELECT c.conname AS name, c.conrelid::regclass::text AS table, c.confrelid::regclass::text AS parent,
    array_agg(a.attname::text ORDER BY a.attnum) AS columns, c.confdeltype AS "onDelete"
  FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
  WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace GROUP BY c.oid ORDER BY c.conname`;

const pick = (row: SampleRow, columns: readonly string[]): SampleRow =>
  Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));

it("every unique key refuses the same key again, and takes one that differs in a single column", async () => {
  const keys = await bench.query<Key>(UNIQUE_KEYS);
  expect(keys.length).toBeGreaterThan(35);
  const wrong: object[] = [];
  for (const { name, table, columns } of keys) {
    const fresh = freshRow(table);
    const same = pick(SAMPLE_TABLES[table]?.(1) ?? {}, columns);
    const refusal = await bench.insert(table, { ...fresh, ...same });
    // A key that holds a smaller one, as (id, kind) holds id, is refused in the smaller one's name.
    const within = keys.filter((key) => key.table === table && key.columns.every((each) => columns.includes(each)));
    if (!within.some((key) => key.name === refusal)) wrong.push({ name, refusal });
    const differing = columns.filter((column) => fresh[column] !== same[column]);
    if (differing.length === 0) wrong.push({ name, columns, why: "no column of the key differs between sample rows" });
    for (const column of differing) {
      const near = await bench.insert(table, { ...fresh, ...same, [column]: fresh[column] ?? null });
      if (near === name) wrong.push({ name, column, why: "refused although it differs" });
    }
  }
  expect(wrong).toEqual([]);
});

it("every foreign key refuses a parent that is not there, and keeps a parent that has children", async () => {
  const keys = await bench.query<Key & { parent: string; onDelete: string }>(FOREIGN_KEYS);
  expect(keys.length).toBeGreaterThan(40);
  const wrong: object[] = [];
  for (const { name, table, columns, parent, onDelete } of keys) {
    const fresh = freshRow(table);
    const isShared = (each: string) =>
      keys.some((key) => key.name !== name && key.table === table && key.columns.includes(each));
    const column = columns.find((each) => !isShared(each)) ?? columns[0] ?? "";
    if (columns.some((each) => fresh[each] === null || fresh[each] === undefined)) {
      wrong.push({ name, why: "the sample row leaves it empty" });
    }
    const nobody = typeof fresh[column] === "number" ? 999 : sampleId("nobody", 1);
    const refusal = await bench.insert(table, { ...fresh, [column]: nobody });
    if (refusal !== name) wrong.push({ name, refusal });
    if (onDelete !== "r") wrong.push({ name, onDelete });
    // In the sample rows every parent has children, so it cannot be deleted. Append-only tables refuse it themselves.
    if ((await bench.run(`DELETE FROM ${parent}`)) === null) wrong.push({ name, why: `${parent} could be emptied` });
  }
  expect(wrong).toEqual([]);
});

it("a bot cannot claim another kind than its account has, nor a cycle settings that were never written", async () => {
  expect(await bench.insert("bots", { ...freshRow("bots"), account_kind: "live" })).toBe(
    "bots_account_id_account_kind_venue_id_fkey",
  );
  expect(await bench.insert("cycles", { ...freshRow("cycles"), settings_version: 2 })).toBe(
    "cycles_bot_id_settings_version_fkey",
  );
  expect(await bench.insert("cycles", { ...freshRow("cycles"), settings_version: null })).toBeNull();
});

it("every other column that names a record is a foreign key", async () => {
  const loose = await bench.query<{ column: string }>(`
    SELECT t.relname || '.' || a.attname AS column
    FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid
    WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname LIKE '%\\_id' AND a.atttypid IN ('uuid'::regtype, 'int4'::regtype)
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.contype = 'f' AND c.conrelid = t.oid AND a.attnum = ANY (c.conkey))`);
  expect(loose.map(({ column }) => column).toSorted()).toEqual([]);
});
