import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createDatabase } from "./client";
import { connectionSettings } from "./connection-settings";
import { openPool } from "./open-pool";
import { createRawDatabase, type RawDatabase, type RawSql } from "./raw-sql";

let database: TestDatabase;
let owner: pg.Client;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  for (const close of closing) await close();
  await owner.end();
  await database.drop();
});

const openers: Readonly<Record<string, () => RawDatabase>> = {
  Prisma: () => {
    const db = createDatabase({ url: database.url, poolMax: 1 });
    closing.push(() => db.$disconnect());
    return db;
  },
  "plain connections": () => {
    const pool = openPool(connectionSettings({ url: database.url, poolMax: 1 }));
    closing.push(() => pool.end());
    return createRawDatabase(pool);
  },
  "a pool that nobody listens to": () => {
    const pool = new pg.Pool(connectionSettings({ url: database.url, poolMax: 1 }));
    pool.on("error", () => undefined);
    closing.push(() => pool.end());
    return createRawDatabase(pool);
  },
};

const backendOf = async (db: RawSql): Promise<number> =>
  (await db.$queryRaw<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`)[0].pid;
/** Returns once the backend is gone. */
const end = async (pid: number): Promise<void> =>
  void (await owner.query("SELECT pg_terminate_backend($1, 5000)", [pid]));

// An event that nobody hears would fail the run of the tests itself.
describe.each(Object.keys(openers))("a connection of %s that is lost", (name) => {
  it("between two statements of a transaction rejects the call, and the next one works", async () => {
    const db = openers[name]?.() as RawDatabase;
    let pid = 0;
    const work = db.$transaction(async (tx) => {
      pid = await backendOf(tx);
      await end(pid);
      await tx.$queryRaw`SELECT 1`;
    });
    await expect(work).rejects.toThrow(/terminat|connection/i);
    expect(await backendOf(db)).not.toBe(pid);
  });

  it("during a statement of a transaction rejects the call, and the next one works", async () => {
    const db = openers[name]?.() as RawDatabase;
    let pid = 0;
    const work = db.$transaction(async (tx) => {
      pid = await backendOf(tx);
      await Promise.all([tx.$queryRaw`SELECT pg_sleep(30)::text`, end(pid)]);
    });
    await expect(work).rejects.toThrow(/terminat|connection/i);
    expect(await backendOf(db)).not.toBe(pid);
  });

  it("while nobody uses it is replaced", async () => {
    const db = openers[name]?.() as RawDatabase;
    const pid = await backendOf(db);
    await end(pid);
    const next = await backendOf(db).catch(() => backendOf(db));
    expect(next).not.toBe(pid);
  });
});
