import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { checkDatabase } from "./check-database";
import { openOwnDatabase } from "./open-own-database";
import { refuseSecondRunner } from "./refuse-second-runner";

let database: TestDatabase;
const run = async (sql: string, url = database.ownerUrl): Promise<pg.QueryResult> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = await client.query(sql);
  await client.end();
  return result;
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
    // An embedded runner that has just ended leaves both beats: it may start again at once.
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

describe("a database of one's own", () => {
  const phases = { run: <Result>(_name: string, work: () => Promise<Result>) => work() };
  const open = (isHosted: boolean) =>
    openOwnDatabase({ urls: { owner: database.ownerUrl, app: database.url }, isHosted, phases });

  it("is not migrated under a runner that works on it", async () => {
    await run(`INSERT INTO process_heartbeats (name, beat_at) VALUES ('runner', clock_timestamp())
      ON CONFLICT (name) DO UPDATE SET beat_at = excluded.beat_at`);
    await run(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%venue_speed'`);
    await expect(open(true)).rejects.toThrow(/embedded runner works on this database/);
    expect(await checkDatabase(database.ownerUrl)).toEqual({ isCurrent: false });
    const { rows } = await run(`SELECT name FROM process_heartbeats WHERE name = 'runner'`);
    expect(rows).toHaveLength(1);
  });

  it("that nobody ever worked on has no runner to look for", async () => {
    const empty = await createTestDatabase();
    await run("DROP TABLE process_heartbeats", empty.ownerUrl);
    for (const isHosted of [true, false]) {
      await expect(refuseSecondRunner(empty.ownerUrl, isHosted)).resolves.toBeUndefined();
    }
    await empty.drop();
  });

  it("names the variable whose address is wrong", async () => {
    const wrong = changed((url) => (url.pathname = "/nowhere"));
    const opening = (urls: Parameters<typeof openOwnDatabase>[0]["urls"]) =>
      openOwnDatabase({ urls, isHosted: false, phases });
    const right = { owner: database.ownerUrl, app: database.url };
    await expect(opening({ ...right, app: wrong })).rejects.toThrow(/^DATABASE_URL cannot be used/);
    await expect(opening({ ...right, direct: wrong, owner: wrong })).rejects.toThrow(/^DIRECT_URL cannot be used/);
    await expect(opening({ ...right, owner: wrong })).rejects.toThrow(/^OWNER_DATABASE_URL cannot be used/);
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
    const whole = await createTestDatabase();
    expect(await checkDatabase(whole.ownerUrl)).toEqual({ isCurrent: true });
    await whole.drop();
    await run(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '%demo_market'`);
    expect(await checkDatabase(database.ownerUrl)).toEqual({ isCurrent: false });
  });

  it("takes a migration that was interrupted for a missing one, and names one that it does not know", async () => {
    const half = await createTestDatabase();
    await run("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%_init'", half.ownerUrl);
    expect(await checkDatabase(half.ownerUrl)).toEqual({ isCurrent: false });
    await half.drop();
    await run(
      `UPDATE _prisma_migrations SET migration_name = '29990101000000_later' WHERE migration_name LIKE '%constraints'`,
    );
    await expect(checkDatabase(database.ownerUrl)).rejects.toThrow(/29990101000000_later.*newer/);
  });
});
