import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { checkDatabase } from "./check-database";
import { refuseSecondRunner } from "./refuse-second-runner";

let database: TestDatabase;
const run = async (sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
};
const changed = (change: (url: URL) => void): string => {
  const url = new URL(database.ownerUrl);
  change(url);
  return url.toString();
};

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

it("an Inngest server is not let into a database where an embedded runner lives, and is once that one is gone", async () => {
  await refuseSecondRunner(database.url);
  await run(`INSERT INTO process_heartbeats (name, beat_at) VALUES ('runner', clock_timestamp())`);
  await expect(refuseSecondRunner(database.url)).rejects.toThrow(/embedded runner.*stop it/);
  await run(`UPDATE process_heartbeats SET beat_at = clock_timestamp() - interval '16 seconds'`);
  await refuseSecondRunner(database.url);
});

describe("checkDatabase", () => {
  it("says of a wrong DATABASE_URL what is wrong, and never the password", async () => {
    const wrong = changed((url) => (url.password = "hush-hush"));
    await expect(checkDatabase(wrong)).rejects.toThrow(/DATABASE_URL cannot be used .*password is wrong/);
    await expect(checkDatabase(wrong)).rejects.not.toThrow(/hush-hush/);
    await expect(checkDatabase(changed((url) => (url.pathname = "/nowhere")))).rejects.toThrow(/no such database/);
    await expect(checkDatabase(changed((url) => (url.port = "1")))).rejects.toThrow(/nothing listens there/);
    await expect(checkDatabase(wrong, "OWNER_DATABASE_URL")).rejects.toThrow(/^OWNER_DATABASE_URL cannot be used/);
  });

  it("knows a database that has every migration from one that lacks one", async () => {
    expect(await checkDatabase(database.ownerUrl)).toEqual({ isCurrent: true });
    await run(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%demo_market'`);
    expect(await checkDatabase(database.ownerUrl)).toEqual({ isCurrent: false });
  });

  it("names a migration that was interrupted and the command that mends it, and one that it does not know", async () => {
    await run(
      `UPDATE _prisma_migrations SET migration_name = '29990101000000_later' WHERE migration_name LIKE '%constraints'`,
    );
    await expect(checkDatabase(database.ownerUrl)).rejects.toThrow(/29990101000000_later.*newer/);
    await run(`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_init'`);
    await expect(checkDatabase(database.ownerUrl)).rejects.toThrow(
      /_init began and did not end.*resolve --rolled-back/,
    );
  });
});
