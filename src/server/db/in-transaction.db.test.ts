import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../scripts/testing/test-database";
import { createDatabase, type Database, type Transaction } from "./client";
import { inTransaction } from "./in-transaction";

/** Against a test that hangs, not one that is slow. */
const HANGS = { timeout: 240_000 };

let database: TestDatabase;
let db: Database;
const connectionErrors: Error[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  db = createDatabase({ url: database.url, poolMax: 6, onConnectionError: (error) => connectionErrors.push(error) });
  await db.user.createMany({ data: [user(1), user(2), user(3)] });
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

const idOf = (n: number): string => `00000000-0000-7000-8000-00000000000${n}`;
const user = (n: number) => ({ id: idOf(n), email: `trader${n}@example.org` });

/** Resolves for everybody once `count` have come; later comers pass. */
const createMeeting = (count: number) => {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return (): Promise<void> => {
    come += 1;
    if (come >= count) open();
    return opened;
  };
};

const touchRaw = (tx: Transaction, n: number) =>
  tx.$executeRaw`UPDATE users SET role = role WHERE id = ${idOf(n)}::uuid`;
const touchByModel = (tx: Transaction, n: number) =>
  tx.user.update({ where: { id: idOf(n) }, data: { role: "trader" } });

describe("a conflict between two transactions", () => {
  it.each([
    ["raw SQL", touchRaw],
    ["models", touchByModel],
  ])("a deadlock by %s rolls one back, which runs again, and both have their effect", async (_kind, touch) => {
    const meet = createMeeting(2);
    let runs = 0;
    const lockBoth = (first: number, second: number) =>
      inTransaction(db, async (tx) => {
        runs += 1;
        await touch(tx, first);
        await meet();
        await touch(tx, second);
        return `${first}${second}`;
      });
    expect(await Promise.all([lockBoth(1, 2), lockBoth(2, 1)])).toEqual(["12", "21"]);
    expect(runs).toBe(3);
  });

  it.each([
    ["raw SQL", touchRaw],
    ["models", touchByModel],
  ])("a serialisation failure by %s runs again on the newest rows", async (_kind, touch) => {
    let runs = 0;
    await inTransaction(db, async (tx) => {
      runs += 1;
      await tx.$executeRaw`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`;
      await tx.$queryRaw`SELECT 1 FROM users`;
      // Another session changes the row after this one took its snapshot, the first time only.
      if (runs === 1) await db.$executeRaw`UPDATE users SET role = role WHERE id = ${idOf(3)}::uuid`;
      await touch(tx, 3);
    });
    expect(runs).toBe(2);
  });

  it("a conflict that never ends is given up after four runs", async () => {
    let runs = 0;
    const work = inTransaction(db, async (tx) => {
      runs += 1;
      await tx.$executeRaw`DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = 'serialization_failure'; END $$`;
    });
    await expect(work).rejects.toThrow(/40001|conflict/);
    expect(runs).toBe(4);
  });
});

describe("what is not a conflict", () => {
  const failing: [string, RegExp, (tx: Transaction) => Promise<unknown>][] = [
    ["a unique key by a model", /Unique constraint failed/, (tx) => tx.user.create({ data: user(1) })],
    ["a check by a model", /users_email_lower_case/, (tx) => tx.user.create({ data: { ...user(4), email: "Not" } })],
    ["a check by raw SQL", /users_email_lower_case/, (tx) => tx.$executeRaw`UPDATE users SET email = 'Not'`],
    ["a fault of ours", /^ours$/, () => Promise.reject(new Error("ours"))],
    ["a key that reads like a conflict", /Unique/, (tx) => tx.user.create({ data: { ...user(1), email: "40001@x" } })],
  ];
  it.each(failing)("%s runs once, throws, and leaves nothing behind", async (_what, says, fail) => {
    let runs = 0;
    const work = inTransaction(db, async (tx) => {
      runs += 1;
      await tx.user.create({ data: { id: idOf(9), email: "nine@example.org" } });
      await fail(tx);
    });
    await expect(work).rejects.toThrow(says);
    expect(runs).toBe(1);
    expect(await db.user.count({ where: { id: idOf(9) } })).toBe(0);
  });
});

describe("connections that PostgreSQL ends", () => {
  const terminateAll = async (): Promise<number> => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    const { rowCount } = await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND state IS NOT NULL",
    );
    await client.end();
    return rowCount ?? 0;
  };

  it("while idle, are told of and replaced: the process lives on", async () => {
    await Promise.all([1, 2, 3].map(() => db.user.count()));
    expect(await terminateAll()).toBeGreaterThan(0);
    await vi.waitFor(() => expect(connectionErrors.length).toBeGreaterThan(0), HANGS);
    // Several broke at once: until the pool has heard of each, a query may still be given a dead one.
    await vi.waitFor(async () => expect(await db.user.count()).toBe(3), HANGS);
  });

  it("in the middle of a transaction, fail it whole: nothing is written twice or in part", async () => {
    const work = inTransaction(db, async (tx) => {
      await tx.user.create({ data: { id: idOf(9), email: "nine@example.org" } });
      await terminateAll();
      await tx.user.create({ data: { id: idOf(8), email: "eight@example.org" } });
    });
    await expect(work).rejects.toThrow(/terminat|closed|connection/i);
    await vi.waitFor(async () => expect(await db.user.count()).toBe(3), HANGS);
  });
});
