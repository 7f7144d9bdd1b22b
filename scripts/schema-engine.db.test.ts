import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, expect, inject, it } from "vitest";
import { createDatabases } from "./postgres/databases";
import { PROJECT_FOLDER } from "./project-folder";
import { installed, runCommand, type CommandResult } from "./run-command";
import { queryOne } from "./testing/cluster-folders";

const SCHEMA = `
generator client { 
  provider = "prisma-client" 
  output = "../generated"
}
datasource db { 
  provider = "postgresql"
}
model Note {
  id   Int    @id
  text String
}
`;
const CREATE_NOTE =
  'CREATE TABLE "Note" ("id" INTEGER NOT NULL, "text" TEXT NOT NULL, CONSTRAINT "Note_pkey" PRIMARY KEY ("id"));';
const FUNCTION_WITH_SEMICOLONS = `
CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN NEW.text := upper(NEW.text) || ';'; RETURN NEW; END;
$$;
CREATE TRIGGER shout BEFORE INSERT ON "Note" FOR EACH ROW EXECUTE FUNCTION shout();`;

const databases = createDatabases(inject("maintenanceUrl"));
const folders: string[] = [];
const names: string[] = [];
let folder: string;
let url: string;

/** A small project with our configuration and stand-in, and the name of a database that does not exist. */
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-prisma-"));
  folders.push(folder);
  for (const part of ["prisma.config.ts", "package.json", "scripts/schema-engine.mjs", "scripts/schema-engine"]) {
    cpSync(path.join(PROJECT_FOLDER, part), path.join(folder, part), { recursive: true });
  }
  symlinkSync(path.join(PROJECT_FOLDER, "node_modules"), path.join(folder, "node_modules"));
  write("prisma/schema.prisma", SCHEMA);
  write("prisma/migrations/migration_lock.toml", 'provider = "postgresql"\n');
  const name = `engine_${randomUUID()}`;
  names.push(name);
  const target = new URL(inject("maintenanceUrl"));
  target.pathname = `/${name}`;
  url = target.toString();
});

afterAll(async () => {
  await Promise.all(names.map((name) => databases.dropDatabase(name)));
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

const write = (file: string, text: string): void => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};

const addMigration = (name: string, sql: string): void => write(`prisma/migrations/${name}/migration.sql`, sql);

const prisma = (...args: readonly string[]): Promise<CommandResult> =>
  runCommand([installed("prisma"), ...args], { folder, env: { DATABASE_URL: url, DIRECT_URL: "" } });

const checkDrift = (): Promise<CommandResult> =>
  prisma(
    "migrate",
    "diff",
    "--from-migrations",
    "prisma/migrations",
    "--to-schema",
    "prisma/schema.prisma",
    "--exit-code",
  );

it("deploys into a database that does not exist, function bodies with semicolons included", async () => {
  addMigration("20260101000000_note", CREATE_NOTE + FUNCTION_WITH_SEMICOLONS);
  const { code, output } = await prisma("migrate", "deploy");
  expect(code, output).toBe(0);
  await queryOne(url, `INSERT INTO "Note" VALUES (1, 'hello')`);
  expect(await queryOne(url, 'SELECT text FROM "Note"')).toBe("HELLO;");
  const record =
    "SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NOT NULL AND applied_steps_count = 1";
  expect(await queryOne(url, record)).toBe(1);
  expect((await prisma("migrate", "deploy")).output).toContain("No pending migrations");
});

it("tells a schema without drift from one with it, and shows the missing SQL", async () => {
  addMigration("20260101000000_note", CREATE_NOTE);
  await prisma("migrate", "deploy");
  const clean = await checkDrift();
  expect(clean, clean.output).toMatchObject({ code: 0 });
  write("prisma/schema.prisma", SCHEMA.replace("text String", "text String\n  pinned Boolean?"));
  const drifted = await checkDrift();
  expect(drifted, drifted.output).toMatchObject({ code: 2 });
  expect(drifted.output).toContain("pinned");
  const leftOver = "SELECT count(*)::int FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'";
  expect(await queryOne(url, leftOver)).toBe(0);
});

it("writes and applies the migration of a changed schema", async () => {
  const { code, output } = await prisma("migrate", "dev", "--name", "first");
  expect(code, output).toBe(0);
  expect(await queryOne(url, 'SELECT count(*)::int FROM "Note"')).toBe(0);
  expect((await checkDrift()).code).toBe(0);
});

it("rolls a failing migration back, shows PostgreSQL's words, and lets no later deploy pass over it", async () => {
  addMigration("20260101000000_bad", `${CREATE_NOTE} INSERT INTO no_such_table VALUES (1);`);
  const failed = await prisma("migrate", "deploy");
  expect(failed.code).not.toBe(0);
  expect(failed.output).toContain('relation "no_such_table" does not exist (SQLSTATE 42P01)');
  expect(await queryOne(url, `SELECT to_regclass('"Note"')`)).toBeNull();
  const next = await prisma("migrate", "deploy");
  expect(next.code).not.toBe(0);
  expect(next.output).toContain("P3009");
});

it("reports a wrong password as such", async () => {
  const wrong = new URL(url);
  wrong.password = "guess";
  url = wrong.toString();
  const { code, output } = await prisma("migrate", "deploy");
  expect(code).not.toBe(0);
  expect(output).toContain("P1000");
});
