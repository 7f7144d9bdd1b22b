import pg from "pg";
import { expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { createRawDatabase } from "../db/raw-sql";
import type { Runtime } from "../runtime";
import { createBooksFixture } from "../testing/books-fixture";
import { recordStoppages } from "./record-stoppages";

/** Against a test that hangs: it does not test how long anything takes. */
const HANGS = { timeout: 240_000, interval: 20 };

let database: TestDatabase;
let runtime: Runtime;
openBed((bed) => ({ runtime, database } = bed), { poolMax: 3 });

it("opens one alert of a part that two watchers find stopped at once, with Prisma and in SQL alone, each since another instant", async () => {
  const { userId } = await createBooksFixture(runtime);
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  const watchers = [runtime, { ...runtime, db: createRawDatabase(pool) }];
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  await other.query("BEGIN");
  await other.query("SELECT pg_advisory_xact_lock(hashtext('record-stoppages'))");
  const records = watchers.map((watcher, at) =>
    recordStoppages(watcher, [{ part: "cycles", since: new Date(Date.now() - 30_000 * (at + 1)) }]),
  );
  await vi.waitFor(async () => {
    const { rows } = await other.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = current_database() AND l.locktype = 'advisory' AND NOT l.granted`,
    );
    expect(rows[0]?.waiting).toBe(records.length);
  }, HANGS);
  await other.query("COMMIT");
  await other.end();
  await Promise.all(records);
  expect(await runtime.db.alert.count({ where: { userId } })).toBe(1);
  await recordStoppages(runtime, []);
  expect(await runtime.db.alert.count({ where: { userId, endedAt: null } })).toBe(0);
  await pool.end();
});

it("in SQL alone opens, ends and opens again as with Prisma, tells the user's pages each time, and a failed one leaves nothing", async () => {
  const { userId } = await createBooksFixture(runtime);
  const pool = new pg.Pool({ connectionString: database.url, max: 1 });
  const db = createRawDatabase(pool);
  const failing = { ...runtime, db, newId: () => "no id" };
  const found = [{ part: "runner" as const, since: new Date("2026-01-01T00:00:00Z") }];
  await expect(recordStoppages(failing, found)).rejects.toThrow(/uuid/);
  expect(await runtime.db.alert.count({ where: { userId } })).toBe(0);
  const watcher = { ...runtime, db };
  for (const look of [found, found, [], found]) await recordStoppages(watcher, look);
  const alerts = await runtime.db.alert.findMany({ where: { userId } });
  expect(alerts).toMatchObject([{ createdAt: found[0]?.since, endedAt: null, severity: "critical", readAt: null }]);
  const events = await runtime.db.liveEvent.findMany({ where: { userId }, orderBy: { number: "asc" } });
  expect(events.map(({ payload }) => (payload as { severity: string }).severity)).toEqual(["critical", "info"]);
  await recordStoppages(watcher, []);
  await pool.end();
});

it("tells nobody who is archived, and ends no alert before it began where clocks differ", async () => {
  const { userId } = await createBooksFixture(runtime);
  const { userId: archived } = await createBooksFixture(runtime);
  await runtime.db.user.update({ where: { id: archived }, data: { archivedAt: new Date() } });
  const since = new Date(Date.now() + 60_000);
  await recordStoppages(runtime, [{ part: "market", since }]);
  expect(await runtime.db.alert.count({ where: { userId: archived } })).toBe(0);
  await recordStoppages(runtime, []);
  expect(await runtime.db.alert.findMany({ where: { userId } })).toMatchObject([{ createdAt: since, endedAt: since }]);
});
