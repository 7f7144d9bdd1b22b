import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../scripts/testing/test-database";
import { CHECK_CASES, tableOf } from "../../testing/check-cases";
import { openConstraintBench, type ConstraintBench } from "../../testing/constraint-bench";
import { sampleId } from "../../testing/sample-id";
import { freshRow, SAMPLE_TABLES } from "../../testing/sample-rows";

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

const TABLES = Object.keys(SAMPLE_TABLES);

it("every table has a sample row, and a second one is taken as it is", async () => {
  const tables = await bench.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'",
  );
  expect(tables.map(({ name }) => name).toSorted()).toEqual(TABLES.toSorted());
  const refusals = [];
  for (const table of TABLES) refusals.push({ table, refusal: await bench.insert(table, freshRow(table)) });
  expect(refusals.filter(({ refusal }) => refusal !== null)).toEqual([]);
});

it("every CHECK of the database has a case", async () => {
  const checks = await bench.query<{ name: string }>(
    "SELECT conname AS name FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
  );
  expect(checks.length).toBeGreaterThan(0);
  expect(checks.map(({ name }) => name).toSorted()).toEqual(Object.keys(CHECK_CASES).toSorted());
});

describe.each(Object.entries(CHECK_CASES))("%s", (constraint, { refused, accepted }) => {
  const table = tableOf(constraint, TABLES);

  it.each(refused)("refuses %j", async (change) => {
    expect(await bench.insert(table, { ...freshRow(table), ...change })).toBe(constraint);
  });

  it.each(accepted)("accepts %j", async (change) => {
    expect(await bench.insert(table, { ...freshRow(table), ...change })).toBeNull();
  });
});

describe("activities", () => {
  it("are of a kind that some version tells", async () => {
    const row = freshRow("activities");
    expect(await bench.insert("activities", { ...row, kind: "market-not-running" })).toBeNull();
    expect(await bench.insert("activities", { ...row, kind: "stopped" })).toMatch(/invalid input value for enum/);
  });

  it("of every kind that earlier versions wrote are kept as they are", async () => {
    const folder = new URL("../../../../prisma/migrations/20261127033000_closed_words/", import.meta.url);
    const migration = await readFile(new URL("migration.sql", folder), "utf8");
    const kept = `SELECT count(*) = 3 AND bool_and(kind::text = text) FROM activities WHERE id <> '${sampleId("activity", 1)}'`;
    const refusal = await bench.run(
      "ALTER TABLE trades DROP CONSTRAINT trades_exit_reason",
      "ALTER TABLE activities ALTER COLUMN kind TYPE text",
      'DROP TYPE "ActivityKind"',
      `INSERT INTO activities (id, user_id, bot_id, kind, text, at)
        SELECT gen_random_uuid(), user_id, bot_id, kind, kind, at FROM (SELECT user_id, bot_id, at FROM activities LIMIT 1) a,
        unnest(ARRAY['market-not-running', 'control-resumed', 'stop-removed']) kind`,
      migration,
      `DO $$ BEGIN ASSERT (${kept}), 'a kind was changed'; END $$`,
    );
    expect(refusal).toBeNull();
  });
});

it("a bot that earlier versions stopped is stopped by its market where its newest activity says so, else by somebody", async () => {
  const folder = new URL("../../../../prisma/migrations/20261127070000_stopped_reason/", import.meta.url);
  const migration = await readFile(new URL("migration.sql", folder), "utf8");
  const [market, somebody] = [sampleId("bot", 1), sampleId("bot", 2)];
  const told = (bot: string, kind: string, second: number): string =>
    `INSERT INTO activities (id, user_id, bot_id, kind, text, at, created_at) SELECT gen_random_uuid(), user_id, id, '${kind}', '',
      now(), now() + ${second} * interval '1 second' FROM bots WHERE id = '${bot}'`;
  const refusal = await bench.run(
    "ALTER TABLE bots DROP COLUMN stopped_reason",
    'DROP TYPE "StopReason"',
    told(market, "control-resumed", 1),
    told(market, "market-not-running", 2),
    told(somebody, "market-not-running", 1),
    told(somebody, "control-resumed", 2),
    "UPDATE bots SET status = 'stopped'",
    migration,
    `DO $$ BEGIN ASSERT (SELECT stopped_reason = 'market-not-running' FROM bots WHERE id = '${market}'), 'its market';
      ASSERT (SELECT stopped_reason = 'user' FROM bots WHERE id = '${somebody}'), 'somebody'; END $$`,
  );
  expect(refusal).toBeNull();
});
