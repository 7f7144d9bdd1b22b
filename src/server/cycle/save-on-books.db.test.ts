import pg from "pg";
import { expect, it, vi } from "vitest";
import { openBed } from "../../../scripts/testing/open-bed";
import type { TestDatabase } from "../../../scripts/testing/test-database";
import { Prisma } from "../db/prisma";
import type { Runtime } from "../runtime";
import { createBooksFixture, FIRST_SLOT } from "../testing/books-fixture";
import { claimSlot } from "../testing/cycle-fixture";
import { MAY_WRITE, saveOnBooks } from "./save-stage";
import { startStage } from "./start-stage";

const HANGS = { timeout: 240_000, interval: 20 };

let database: TestDatabase;
let runtime: Runtime;
openBed((bed) => ({ database, runtime } = bed));

it("books that another changes while the stage's one statement waits for the bot are seen, and computed on anew", async () => {
  const fixture = await createBooksFixture(runtime);
  const { botId } = fixture;
  const cycle = await claimSlot(fixture, FIRST_SLOT, { holder: "run-1" });
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  const seen: string[] = [];
  const saving = saveOnBooks(runtime.db, startStage(cycle, "read-portfolio"), async ({ kept }) => {
    seen.push(kept.tradingState);
    if (seen.length === 1) {
      await other.query("BEGIN");
      await other.query("SELECT 1 FROM bot_leases WHERE bot_id = $1 FOR UPDATE", [botId]);
    }
    const write = Prisma.sql`UPDATE bots SET name = ${kept.tradingState} WHERE id = ${botId}::uuid AND ${MAY_WRITE}`;
    return { result: { state: kept.tradingState }, writes: [write] };
  });
  await vi.waitFor(async () => {
    // Otherwise a transaction keeps seeing the connections that it saw first.
    await other.query("SELECT pg_stat_clear_snapshot()");
    const { rowCount } = await other.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    expect(rowCount).toBe(1);
  }, HANGS);
  await other.query("UPDATE bots SET trading_state = 'reducing' WHERE id = $1", [botId]);
  await other.query("COMMIT");
  await other.end();

  expect(await saving).toEqual({ state: "reducing" });
  expect(seen).toEqual(["active", "reducing"]);
  expect(await runtime.db.bot.findUniqueOrThrow({ where: { id: botId } })).toMatchObject({ name: "reducing" });
});
