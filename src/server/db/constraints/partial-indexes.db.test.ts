import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../../../scripts/testing/test-database";
import { openConstraintBench, type ConstraintBench } from "../../testing/constraint-bench";
import { sampleId as id, sampleTime as time } from "../../testing/sample-id";
import { freshRow } from "../../testing/sample-rows";
import type { SampleRow } from "../../testing/sample-table";

let database: TestDatabase;
let bench: ConstraintBench;
beforeAll(async () => {
  database = await createTestDatabase();
  bench = await openConstraintBench(database.ownerUrl);
});
afterAll(async () => {
  await bench.close();
  await database.drop();
});

/** Statements that make the sample rows ready, then a row that is refused and rows that are not. */
type PartialCase = {
  readonly table: string;
  readonly before: readonly string[];
  readonly refused: SampleRow;
  readonly accepted: readonly SampleRow[];
};

const RUNNING = { status: "running", epoch: 2, holder: "run-2" };
const CLOSED = { closed_at: time(10), quantity: "0", margin: "0" };

const CASES: Readonly<Record<string, PartialCase>> = {
  cycles_one_running: {
    table: "cycles",
    before: [`UPDATE cycles SET status = 'running', epoch = 1, holder = 'run-1' WHERE id = '${id("cycle", 1)}'`],
    refused: RUNNING,
    accepted: [
      { status: "due" },
      { ...RUNNING, status: "abandoned" },
      { ...RUNNING, bot_id: id("bot", 2), settings_version: null },
    ],
  },
  alerts_one_stoppage: {
    table: "alerts",
    before: [`UPDATE alerts SET kind = 'stopped-runner' WHERE id = '${id("alert", 1)}'`],
    refused: { kind: "stopped-runner" },
    accepted: [
      { kind: "stopped-market" },
      { kind: "stopped-runner", ended_at: time(1_000_000_000) },
      { kind: "stopped-runner", user_id: id("user", 2) },
    ],
  },
  order_intents_one_entry_per_candle: {
    table: "order_intents",
    before: [],
    refused: { decided_candle: time(-60) },
    accepted: [
      { decided_candle: time(-59) },
      { decided_candle: time(-60), market_id: 2 },
      { decided_candle: time(-60), bot_id: id("bot", 2) },
      { decided_candle: time(-60), purpose: "manual" },
    ],
  },
  proposals_one_open: {
    table: "proposals",
    before: [
      "ALTER TABLE proposals DISABLE TRIGGER proposals_replace",
      "ALTER TABLE proposals DISABLE TRIGGER proposals_go_on",
      "UPDATE proposals SET state = 'accepted', ended_at = NULL",
    ],
    refused: { market_id: 1, state: "accepted", ended_at: null },
    accepted: [
      { market_id: 1 },
      { market_id: 1, state: "expired", reason: "late" },
      { market_id: 2, state: "accepted", ended_at: null },
    ],
  },
  trade_locks_in_force: {
    table: "trade_locks",
    before: [],
    refused: { pair: "PAIR1/USDT" },
    accepted: [
      { pair: "PAIR1/USDT", unlocked_at: time(6) },
      { pair: null },
      { pair: "PAIR1/USDT", bot_id: id("bot", 2) },
    ],
  },
  positions_one_open_per_bot: {
    table: "positions",
    before: [],
    refused: { market_id: 1 },
    accepted: [{ market_id: 1, ...CLOSED }, { market_id: 1, bot_id: id("bot", 2) }, { market_id: 3 }],
  },
  positions_one_open_per_account: {
    table: "positions",
    before: [
      `UPDATE accounts SET kind = 'live'`,
      `UPDATE positions SET account_kind = 'live' WHERE id = '${id("position", 1)}'`,
    ],
    refused: { market_id: 1, bot_id: id("bot", 2), account_kind: "live" },
    accepted: [
      { market_id: 1, bot_id: id("bot", 2), account_kind: "live", ...CLOSED },
      { market_id: 1, bot_id: id("bot", 2), account_kind: "live", account_id: id("account", 2) },
      { market_id: 3, bot_id: id("bot", 2), account_kind: "live" },
    ],
  },
};

it("every partial unique index of the database has a case", async () => {
  const indexes = await bench.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indisunique AND i.indpred IS NOT NULL AND c.relnamespace = 'public'::regnamespace`);
  expect(indexes.map(({ name }) => name).toSorted()).toEqual(Object.keys(CASES).toSorted());
});

describe.each(Object.entries(CASES))("%s", (index, { table, before, refused, accepted }) => {
  it("refuses the second", async () => {
    expect(await bench.insert(table, { ...freshRow(table), ...refused }, before)).toBe(index);
  });

  it.each(accepted)("accepts %j", async (change) => {
    expect(await bench.insert(table, { ...freshRow(table), ...change }, before)).toBeNull();
  });
});
