import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureSecret } from "../../scripts/start/secrets";
import { createTestDatabase, type TestDatabase } from "../../scripts/testing/test-database";
import { hashPassword } from "../../src/server/auth/password";
import { createRuntime, type Runtime } from "../../src/server/runtime";
import { agingSql } from "../../src/server/testing/age-bot";
import { createBooksFixture, type BooksFixture } from "../../src/server/testing/books-fixture";
import { startApp, type App } from "./start-app";
import { createVisitor, type Visitor } from "./visitor";

const PASSWORD = "a long enough password";
const POSTINGS = 110_000;
const MB = 1024;
/** Room for the app, and not for an export: with more, V8 puts off to collect what nobody holds. */
const HEAP = "--max-old-space-size=128 --max-semi-space-size=8";

const folder = mkdtempSync(path.join(os.tmpdir(), "0xbot-export-"));
let database: TestDatabase;
let runtime: Runtime;
let fixture: BooksFixture;
let owner: pg.Client;
let app: App;
let visitor: Visitor;

beforeAll(async () => {
  database = await createTestDatabase();
  runtime = createRuntime({ databaseUrl: database.url, poolMax: 2 });
  fixture = await createBooksFixture(runtime);
  const user = await runtime.db.user.update({
    where: { id: fixture.userId },
    data: { passwordHash: await hashPassword(PASSWORD), emailVerifiedAt: new Date() },
  });
  const market = await runtime.db.market.findFirstOrThrow({ where: { venueId: fixture.venueId } });
  owner = new pg.Client(database.ownerUrl);
  await owner.connect();
  const aged = { botId: fixture.botId, marketId: market.id };
  await owner.query(`BEGIN; ${agingSql(aged, { postings: POSTINGS, points: 10, trades: 10 })}; COMMIT`);
  await owner.query("VACUUM ANALYZE ledger_entries");
  app = await startApp({
    DATABASE_URL: database.url,
    NEXTAUTH_SECRET: ensureSecret(folder, "nextauth"),
    NODE_OPTIONS: HEAP,
  });
  visitor = createVisitor(app.url);
  await visitor.signIn(user.email, PASSWORD);
});
afterAll(async () => {
  await app.stop();
  await owner.end();
  await runtime.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** Memory that a process holds, in kB. */
const memoryOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);

const open = (more: string, signal?: AbortSignal) =>
  visitor.get(`/api/exports/ledger?bot=${fixture.botId}${more}`, {}, signal);

const readLines = async (response: Response) => {
  let [lines, most, bytes] = [0, 0, 0];
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines++;
    most = Math.max(most, memoryOf(app.pid));
  }
  return { lines, most, bytes };
};

const statusOfSmall = async (): Promise<number> => {
  const response = await open("&account=capital");
  await response.text();
  return response.status;
};

/** Statements on the ledger that the database began since its counters were cleared. */
const scansOf = async (): Promise<number> => {
  await owner.query("SELECT pg_stat_clear_snapshot()");
  const { rows } = await owner.query<{ n: string }>(
    "SELECT idx_scan + seq_scan AS n FROM pg_stat_user_tables WHERE relname = 'ledger_entries'",
  );
  return Number(rows[0]?.n ?? 0);
};

describe("an export of 220,000 lines", () => {
  it("comes whole, while the process holds no more than for a small one", async () => {
    await readLines(await open("&account=capital"));
    await readLines(await open("&format=json"));
    const before = memoryOf(app.pid);
    const { lines, most, bytes } = await readLines(await open(""));
    expect(lines).toBe(1 + (await runtime.db.ledgerEntry.count({ where: { botId: fixture.botId } })));
    expect(bytes).toBeGreaterThan(10 * 1024 * MB);
    expect(most - before).toBeLessThan(30 * MB);
  });

  it("is one JSON document", async () => {
    const rows = (await (await open("&format=json")).json()) as { entry_id: string; amount: string }[];
    expect(rows).toHaveLength(await runtime.db.ledgerEntry.count({ where: { botId: fixture.botId } }));
    expect(new Set(rows.map((row) => row.entry_id)).size).toBe(rows.length);
  });

  it("ends its reading when the client hangs up, and frees its place", async () => {
    for (let count = 0; count < 4; count++) {
      const leaving = new AbortController();
      const response = await open("", leaving.signal);
      expect(response.status).toBe(200);
      await response.body?.getReader().read();
      leaving.abort();
      await expect.poll(statusOfSmall).toBe(200);
    }
    await expect
      .poll(async () => {
        const before = await scansOf();
        await owner.query("SELECT pg_sleep(1.5)");
        return (await scansOf()) - before;
      })
      .toBe(0);
    const { rows } = await owner.query(
      "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%ledger_entries l%' AND state <> 'idle' AND pid <> pg_backend_pid()",
    );
    expect(rows).toEqual([]);
  });

  it.each(["csv", "json"])(
    "that fails half way as %s breaks off, and never looks like a whole file",
    async (format) => {
      const response = await open(`&format=${format}`);
      const reader = response.body?.getReader();
      await reader?.read();
      await owner.query("ALTER TABLE ledger_entries RENAME TO gone");
      const readOn = async (): Promise<void> => {
        while ((await reader?.read())?.done === false);
      };
      try {
        await expect(readOn()).rejects.toThrow(/terminated|aborted|closed/);
      } finally {
        await owner.query("ALTER TABLE gone RENAME TO ledger_entries");
      }
      expect(app.output()).toContain("export ledger");
    },
  );
});
