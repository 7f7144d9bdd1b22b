import { Client } from "pg";
import { afterAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "./test-database";

const made: TestDatabase[] = [];
const make = async (): Promise<TestDatabase> => {
  const database = await createTestDatabase();
  made.push(database);
  return database;
};

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

afterAll(async () => {
  await Promise.all(made.map((database) => database.drop()));
});

it("gives each caller a database of its own with every migration applied", async () => {
  const [first, second] = await Promise.all([make(), make()]);
  await query(first.ownerUrl, "CREATE TABLE only_here (id int)");
  const applied = "SELECT 1 FROM _prisma_migrations WHERE finished_at IS NOT NULL";
  expect(await query(second.ownerUrl, applied)).not.toHaveLength(0);
  expect(await query(second.url, "SELECT 1 FROM pg_class WHERE relname = 'only_here'")).toEqual([]);
});

it("drops a database that is still in use", async () => {
  const database = await make();
  const client = new Client({ connectionString: database.url });
  // Two errors come: the server's last message and the lost connection.
  const ended = new Promise((resolve) => client.on("error", resolve));
  await client.connect();
  await database.drop();
  await ended;
  await expect(query(database.url, "SELECT 1")).rejects.toThrow(/does not exist/);
});
