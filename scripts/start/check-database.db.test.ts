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

describe("a second runner", () => {
  const beat = (name: string, secondsAgo: number) =>
    run(`INSERT INTO process_heartbeats (name, beat_at) VALUES ('${name}', clock_timestamp() - interval '${secondsAgo} s')
      ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at`);

  it("of an Inngest server is not let into a database where an embedded one lives, and is once that one is gone", async () => {
    await refuseSecondRunner(database.url, true);
    await beat("runner", 0);
    await beat("functions", 0);
    await expect(refuseSecondRunner(database.url, true)).rejects.toThrow(/embedded runner.*stop it/);
    await beat("runner", 16);
    await refuseSecondRunner(database.url, true);
  });

  it("embedded, is not let into a database where an Inngest server executes, and is once that one is gone", async () => {
    // An embedded runner that ended a moment ago left both beats: it may start again at once.
    await beat("functions", 30);
    await refuseSecondRunner(database.url, false);
    await beat("runner", 3600);
    await expect(refuseSecondRunner(database.url, false)).rejects.toThrow(
      /Inngest server executes.*set RUNNER=inngest/,
    );
    await beat("functions", 200);
    await refuseSecondRunner(database.url, false);
  });
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
