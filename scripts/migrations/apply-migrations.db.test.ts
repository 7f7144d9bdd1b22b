import { createHash, randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, inject, it } from "vitest";
import { createDatabases } from "../postgres/databases";
import { runAlone } from "../postgres/run-alone";
import { PROJECT_FOLDER } from "../project-folder";
import { runPrisma } from "../run-prisma";
import { queryOne } from "../testing/cluster-folders";
import { killAtRecord } from "../upgrade/kill-migration";
import { applyMigrations } from "./apply-migrations";
import { listMigrations, type Migration } from "./list-migrations";

/** Only Prisma leaves a migration half recorded, and it never ran later migrations than this. */
const LAST_BY_PRISMA = "20261126233000_overtaken_cycles";
/** It only ends what is still open, so a second run changes nothing. */
const REPEATABLE = [LAST_BY_PRISMA];
const REFUSED = "20261126223000_control_holds";

const all = listMigrations();
const last = all.at(-1)?.name ?? "";
const databases = createDatabases(inject("maintenanceUrl"));
const names: string[] = [];

const newUrl = (): string => {
  const name = `migrate_${randomUUID().replaceAll("-", "")}`;
  names.push(name);
  return Object.assign(new URL(inject("maintenanceUrl")), { pathname: `/${name}` }).toString();
};
const cloneUrl = async (): Promise<string> => {
  const url = newUrl();
  await databases.createDatabase(names.at(-1) ?? "", inject("templateName"));
  return url;
};
const finished = (url: string): Promise<unknown> =>
  queryOne(
    url,
    "SELECT string_agg(migration_name, ' ' ORDER BY migration_name) FROM _prisma_migrations WHERE finished_at IS NOT NULL",
  );
const everyName = all.map(({ name }) => name).join(" ");
const toy = (sql: string): Migration => ({ name: "29990101000000_toy", sql, checksum: "0".repeat(64) });

afterAll(async () => {
  for (const name of names) await databases.dropDatabase(name);
});

it("makes the database where it is missing, also when two starts come at once, and Prisma finds nothing to do", async () => {
  const url = newUrl();
  await Promise.all([applyMigrations(url), applyMigrations(url)]);
  expect(await finished(url)).toBe(everyName);
  expect(await runPrisma(["migrate", "deploy"], { url })).toContain("No pending migrations");
  // The recorded hash of the script shows whether its file changed later.
  const file = readFileSync(path.join(PROJECT_FOLDER, "prisma", "migrations", last, "migration.sql"));
  const recorded = `SELECT checksum FROM _prisma_migrations WHERE migration_name = '${last}'`;
  expect(await queryOne(url, recorded)).toBe(createHash("sha256").update(file).digest("hex"));
});

it("a process killed in the last moment of a migration leaves nothing of it, and the next start applies it", async () => {
  const url = newUrl();
  await applyMigrations(url, all.slice(0, -1));
  const child = spawn(process.execPath, ["--import", "tsx", "scripts/db-migrate.ts"], {
    cwd: PROJECT_FOLDER,
    env: { ...process.env, DATABASE_URL: url, DIRECT_URL: url, OWNER_DATABASE_URL: url },
    stdio: "ignore",
  });
  const exited = once(child, "exit");
  await killAtRecord(
    url,
    () => exited,
    async () => {
      child.kill("SIGKILL");
      await exited;
    },
  );
  // Waits for the session of the killed process to end.
  await queryOne(url, "DO $$ BEGIN LOCK TABLE _prisma_migrations; END $$");
  expect(await finished(url)).toBe(everyName.replace(` ${last}`, ""));
  await applyMigrations(url);
  expect(await finished(url)).toBe(everyName);
});

it("a migration that is refused leaves nothing and says why, and once mended is applied", async () => {
  const url = await cloneUrl();
  const wrong = toy("CREATE TABLE half (id int); INSERT INTO no_such_table VALUES (1);");
  await expect(applyMigrations(url, [...all, wrong])).rejects.toThrow(
    /29990101000000_toy was refused, and nothing of it is kept: relation "no_such_table" does not exist/,
  );
  expect(await queryOne(url, "SELECT to_regclass('half')")).toBeNull();
  await applyMigrations(url, [...all, toy("CREATE TABLE half (id int);")]);
  expect(await finished(url)).toBe(`${everyName} 29990101000000_toy`);
});

it("goes on where Prisma was killed in a migration, and changes nothing where all of that one is there", async () => {
  const url = newUrl();
  const through = all.filter(({ name }) => name <= REFUSED);
  await applyMigrations(url, through.slice(0, -1));
  await queryOne(
    url,
    `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('half', '', '${REFUSED}')`,
  );
  await applyMigrations(url, through);
  expect(await queryOne(url, "SELECT rolled_back_at IS NOT NULL FROM _prisma_migrations WHERE id = 'half'")).toBe(true);
  expect(await finished(url)).toMatch(new RegExp(`${REFUSED}$`));

  await queryOne(url, "DELETE FROM _prisma_migrations WHERE id = 'half'");
  await queryOne(url, `UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '${REFUSED}'`);
  await expect(applyMigrations(url, through)).rejects.toThrow(`prisma migrate resolve --applied ${REFUSED}`);
  expect(await queryOne(url, "SELECT count(*)::int FROM _prisma_migrations WHERE rolled_back_at IS NOT NULL")).toBe(0);
});

it("what Prisma left half recorded may be tried again: a second run is refused or finds nothing to do", async () => {
  const url = await cloneUrl();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const { name, sql } of all.filter((migration) => migration.name <= LAST_BY_PRISMA)) {
    const again = client.query(sql).then(
      () => "done",
      (error: pg.DatabaseError) => error.code,
    );
    // SQLSTATEs for an object that already exists (a table, column, function or other), or a column that a later one dropped.
    expect(await again, name).toMatch(REPEATABLE.includes(name) ? "done" : /^42(P07|701|710|723|P06|703)$/);
  }
  await client.end();
});

it("counts what rules refused, and how all cycles of thinned days ended, before it began to keep that", async () => {
  const url = newUrl();
  await applyMigrations(
    url,
    all.filter(({ name }) => name < "20261127160000"),
  );
  const bot = randomUUID();
  const verdict = (outcome: string, rule: string) =>
    `(gen_random_uuid(), '${bot}', '2026-01-01', '${outcome}', '${rule}', 'why', '[]')`;
  const cycle = (slot: string, ended: string) => `(gen_random_uuid(), '${bot}', '${slot}', ${ended})`;
  const cycles = [
    cycle("2026-01-01 23:59:59Z", "'done', NULL, NULL, NULL, NULL"),
    cycle("2026-01-01 05:00Z", "'skipped', 'missed', NULL, '2026-01-01 10:00Z', 6"),
    cycle("2026-01-01 04:00Z", "'skipped', 'stale', NULL, NULL, NULL"),
    cycle("2026-01-01 00:00Z", "'failed', NULL, 'no market', NULL, NULL"),
    cycle("2026-01-01 01:00Z", "'abandoned', NULL, NULL, NULL, NULL"),
    cycle("2026-01-02 00:00Z", "'done', NULL, NULL, NULL, NULL"),
  ];
  await runAlone(
    url,
    `SET session_replication_role = replica;
    INSERT INTO bots (id, user_id, account_id, account_kind, venue_id, name, settings_version, interval_seconds, allotment)
      VALUES ('${bot}', '${bot}', '${bot}', 'paper', '${bot}', 'before', 1, 3600, 1);
    INSERT INTO verdicts (decision_id, bot_id, slot, outcome, rule, reason, checks)
      VALUES ${[verdict("rejected", "cash"), verdict("rejected", "cash"), verdict("resized", "cash")].join()};
    INSERT INTO cycles (id, bot_id, slot, status, skip_reason, failure, missed_through, missed_count) VALUES ${cycles.join()};
    INSERT INTO cycle_days (bot_id, day, done, skipped) VALUES ('${bot}', '2025-12-31', 24, 0), ('${bot}', '2026-01-01', 10, 2)`,
  );
  await applyMigrations(url);
  const refusals = "SELECT string_agg(concat_ws(' ', bot_id, rule, refusals), ', ') FROM refusal_counts";
  expect(await queryOne(url, refusals)).toBe(`${bot} cash 2`);
  const days = "SELECT string_agg(concat_ws(' ', day, done, skipped, failed), ', ' ORDER BY day) FROM cycle_days";
  expect(await queryOne(url, days)).toBe("2025-12-31 24 0 0, 2026-01-01 11 9 2");
});

it("does not touch a database that has tables of something else", async () => {
  const url = newUrl();
  await databases.createDatabase(names.at(-1) ?? "");
  await queryOne(url, "CREATE TABLE somebody (id int)");
  await expect(applyMigrations(url)).rejects.toThrow(/tables of something else.*name an empty database/);
  expect(await queryOne(url, "SELECT to_regclass('_prisma_migrations')")).toBeNull();
});
