import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createDatabase, type Database } from "./client";
import { inTransaction } from "./in-transaction";

const STATEMENT_MS = 2000;

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDatabase({ url: database.ownerUrl, poolMax: 1, statementMs: STATEMENT_MS });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const backendOf = async (session: Pick<Database, "$queryRaw">): Promise<number> => {
  const [row] = await session.$queryRaw<[{ pid: number }]>`SELECT pg_backend_pid() AS pid`;
  return row.pid;
};

it("a statement that takes too long is ended by the server", async () => {
  await expect(db.$queryRaw`SELECT pg_sleep(60)::text`).rejects.toThrow(/statement timeout/);
});

it("an error says what PostgreSQL said, and nothing of our files", async () => {
  const failures = [
    await db.$queryRaw`SELECT 1 / (count(*)::int - count(*)::int) FROM users`.catch(String),
    await db.user.create({ data: { id: "no uuid", email: "a@example.org" } }).catch(String),
  ];
  expect(failures).toEqual([expect.stringMatching(/22012/), expect.stringMatching(/uuid/i)]);
  expect(failures.join()).not.toMatch(/\.ts\b|[\\/]|→/);
});

it("a server that is frozen keeps nobody waiting, and its connection is used no more", async () => {
  const frozen = await backendOf(db);
  process.kill(frozen, "SIGSTOP");
  try {
    await expect(db.$queryRaw`SELECT 1 AS one`).rejects.toThrow(/did not answer|terminated|closed/i);
    expect(await backendOf(db)).not.toBe(frozen);
  } finally {
    process.kill(frozen, "SIGCONT");
  }
});

it("a transaction whose server freezes fails, and nobody else's statement ends up in it", async () => {
  let frozen = 0;
  try {
    const work = inTransaction(db, async (tx) => {
      frozen = await backendOf(tx);
      await tx.$executeRaw`INSERT INTO process_heartbeats (name, beat_at) VALUES ('runner', now())`;
      process.kill(frozen, "SIGSTOP");
      await tx.$executeRaw`UPDATE process_heartbeats SET beat_at = now()`;
    });
    await expect(work).rejects.toThrow(/did not answer|terminated|closed|Transaction/i);
    expect(await backendOf(db)).not.toBe(frozen);
  } finally {
    process.kill(frozen, "SIGCONT");
  }
  expect(await db.processHeartbeat.count()).toBe(0);
});
