import { readdirSync } from "node:fs";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { createDatabases } from "../../scripts/postgres/databases";
import { migrateDatabase } from "../../scripts/migrate-database";
import { applyMigrations } from "../../scripts/migrations/apply-migrations";
import { listMigrations, type Migration } from "../../scripts/migrations/list-migrations";
import { queryOne } from "../../scripts/testing/cluster-folders";
import { compareRows } from "../../scripts/upgrade/compare-rows";
import { killInMigration } from "../../scripts/upgrade/kill-migration";
import { liveOn } from "../../scripts/upgrade/live-on";
import { restoreRows } from "../../scripts/upgrade/restore-rows";
import { readDump } from "../../scripts/upgrade/row-dump";
import { CHANGES } from "./changes";

const FOLDER = import.meta.dirname;
const [file = ""] = readdirSync(FOLDER).filter((name) => name.endsWith(".jsonl.gz"));
const dump = readDump(path.join(FOLDER, file));
const all = listMigrations();
const isLater = ({ name }: Migration): boolean => name > dump.migration;

const NONE = { reworded: {}, dropped: [] };
const SWITCHED_OFF = `SELECT coalesce(string_agg(tgname || ' on ' || tgrelid::regclass, ', '), '')
  FROM pg_trigger WHERE tgenabled <> 'O'`;
/** Columns, checks, keys, indexes, triggers and functions. */
const SCHEMA = `SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
  SELECT format('%s.%s %s %s', table_name, column_name, data_type, is_nullable) AS line
    FROM information_schema.columns WHERE table_schema = 'public'
  UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
  UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL SELECT md5(prosrc) || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace) lines`;

const databases = createDatabases(inject("maintenanceUrl"));
const names: string[] = [];
const urlOf = (base: string, name: string): string => Object.assign(new URL(base), { pathname: `/${name}` }).toString();

/** Makes a database from the dump, or as a copy of a template. */
const restored = async (template?: string): Promise<{ name: string; owner: string; app: string }> => {
  const name = `upgrade_${randomUUID().replaceAll("-", "")}`;
  names.push(name);
  await databases.createDatabase(name, template);
  const owner = urlOf(inject("maintenanceUrl"), name);
  if (template === undefined) await restoreRows(owner, dump);
  return { name, owner, app: urlOf(inject("appUrl"), name) };
};

let asDumped: string;
let upgraded: { name: string; owner: string; app: string };

beforeAll(async () => {
  asDumped = (await restored()).name;
  upgraded = await restored(asDumped);
});
afterAll(async () => {
  for (const name of names) await databases.dropDatabase(name);
});

it("the stored dump holds open positions of both sides, cycles due, running and retrying, and queued events", async () => {
  const { owner } = upgraded;
  expect(await compareRows(owner, dump, NONE)).toEqual([]);
  const count = (from: string): Promise<unknown> => queryOne(owner, `SELECT count(*)::int FROM ${from}`);
  expect(await count("positions WHERE closed_at IS NULL AND side = 'long'")).toBeGreaterThan(0);
  expect(await count("positions WHERE closed_at IS NULL AND side = 'short'")).toBeGreaterThan(0);
  expect(await count("trades")).toBeGreaterThan(100);
  expect(await count("cycles WHERE status = 'due' AND retries = 0")).toBeGreaterThan(0);
  expect(await count("cycles WHERE status = 'due' AND retries > 0 AND retry_at IS NOT NULL")).toBe(1);
  expect(await count("cycles WHERE status = 'running'")).toBe(1);
  expect(await count("orders WHERE status = 'submitting'")).toBe(2);
  expect(await count("runner.jobs")).toBeGreaterThan(0);
  expect(await count("runner.events WHERE NOT routed")).toBeGreaterThan(0);
});

it("nothing of it is lost by a later migration, also when each is killed at its end and begun again", async () => {
  const { owner } = upgraded;
  for (const { name } of all.filter(isLater)) {
    const through = all.filter((migration) => migration.name <= name);
    const before = await queryOne(owner, SCHEMA);
    expect(await killInMigration(owner, through)).toBeInstanceOf(Error);
    expect(await queryOne(owner, SCHEMA), `${name}, killed`).toBe(before);
    expect(await queryOne(owner, SWITCHED_OFF)).toBe("");
    await applyMigrations(owner, through);
    expect(await queryOne(owner, "SELECT max(migration_name) FROM _prisma_migrations")).toBe(name);
    expect(await queryOne(owner, SWITCHED_OFF), name).toBe("");
  }
  await migrateDatabase(upgraded);
  expect(await compareRows(owner, dump, CHANGES)).toEqual([]);
  expect(await queryOne(owner, SCHEMA)).toBe(
    await queryOne(urlOf(inject("maintenanceUrl"), inject("templateName")), SCHEMA),
  );
});

it("its bots go on: the dead runner's cycle ends, what was due runs, the queue drains, the books balance", async () => {
  await migrateDatabase(upgraded);
  const lived = await liveOn(upgraded.app);
  expect(lived.problems).toEqual([]);
  // Either the cycle continues, or the bot's next cycle overtakes it.
  expect(["done", "abandoned"]).toContain(lived.statusOf.running);
  expect(["done", "skipped"]).toContain(lived.statusOf.retrying);
  expect(lived.unresolvedOrders).toBe(0);
});

const toy = (sql: string): Migration => ({ name: "29990101000000_toy", sql, checksum: "0".repeat(64) });

it("a migration that changes a digit of a balance, drops a row or forgets a trigger is noticed", async () => {
  const { owner } = await restored(asDumped);
  const base = all.filter((migration) => !isLater(migration));
  const [trigger, table] = String(
    await queryOne(
      owner,
      `SELECT tgname || ' ' || tgrelid::regclass FROM pg_trigger WHERE NOT tgisinternal
      AND tgrelid = 'ledger_entries'::regclass LIMIT 1`,
    ),
  ).split(" ");
  const unguarded = `ALTER TABLE ${table} DISABLE TRIGGER ${trigger};`;
  const slow = toy(`${unguarded} ALTER TABLE ${table} ADD COLUMN note text; SELECT pg_sleep(0.2);
    ALTER TABLE ${table} ENABLE TRIGGER ${trigger};
    UPDATE bots SET name = 'Control' WHERE name = 'Buy and hold'; ALTER TABLE sessions DROP COLUMN user_agent;`);
  const declared = {
    reworded: { "public.bots.name": [["Buy and hold", "Control"]] as const },
    dropped: ["public.sessions.user_agent"],
  };
  expect(await killInMigration(owner, [...base, slow])).toBeInstanceOf(Error);
  expect(await queryOne(owner, SWITCHED_OFF)).toBe("");
  await applyMigrations(owner, [...base, slow]);
  expect(await compareRows(owner, dump, declared)).toEqual([]);
  expect(await compareRows(owner, dump, NONE)).not.toEqual([]);

  const lossy = `SET LOCAL session_replication_role = replica;
    UPDATE ledger_entries SET amount = amount + 0.000000000000000001 WHERE id = (SELECT min(id) FROM ledger_entries);
    DELETE FROM trades WHERE position_id = (SELECT min(position_id::text)::uuid FROM trades);`;
  await applyMigrations(owner, [...base, { ...toy(lossy + unguarded), name: "29990101000001_lossy" }]);
  const differences = (await compareRows(owner, dump, declared)).map((line) => line.split(" is ")[0]);
  expect(differences).toEqual(["public.ledger_entries: gone", "public.ledger_entries: new", "public.trades: gone"]);
  expect(await queryOne(owner, SWITCHED_OFF)).toBe(`${trigger} on ${table}`);
});
