import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DecisionMode } from "~/trading/decision/basis/decision-mode";
import { MODES } from "~/trading/decision/modes/registry";
import { createTestDatabase, type TestDatabase } from "../../../../scripts/testing/test-database";
import { nextOrderStatus, ORDER_STATUSES, type OrderEvent, type OrderStatus } from "~/trading/execution/order-status";
import { openConstraintBench, type ConstraintBench } from "../../testing/constraint-bench";
import { MODEL_TRIGGERS } from "../../testing/model-trigger-cases";
import { STEERING_TRIGGERS } from "../../testing/steering-trigger-cases";
import { sampleId as id, sampleTime as time } from "../../testing/sample-id";

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

/** Statements by what they try. */
type Attempts = Readonly<Record<string, string>>;
type TriggerCase = { readonly refused: Attempts; readonly accepted: Attempts; readonly says: RegExp };

const line = (transaction: string, account: string, amount: string, currency = "USDT", bot = id("bot", 1)): string =>
  `INSERT INTO ledger_entries (transaction_id, bot_id, account, currency, amount, posted_at)
   VALUES ('${transaction}', '${bot}', '${account}', '${currency}', ${amount}, '${time(5)}')`;

const appendOnly = (table: string, column: string): TriggerCase => ({
  refused: {
    "an update": `UPDATE ${table} SET ${column} = ${column}`,
    "an update of no row": `UPDATE ${table} SET ${column} = ${column} WHERE false`,
    "a delete": `DELETE FROM ${table}`,
    "emptying the table": `TRUNCATE ${table} CASCADE`,
  },
  accepted: { "reading it": `SELECT 1 FROM ${table}` },
  says: new RegExp(`^(${table}|ledger_entries) is append-only: (UPDATE|DELETE|TRUNCATE) is refused$`),
});

/** Settings of a mode, as the bot's second version. */
const settingsOf = (mode: string): string =>
  `INSERT INTO bot_settings (bot_id, version, settings) VALUES ('${id("bot", 1)}', 2, '{"mode": "${mode}"}')`;
/** The same, and the sample's cycle run on them. */
const cycleOf = (mode: string): string =>
  `${settingsOf(mode)}; UPDATE cycles SET settings_version = 2 WHERE id = '${id("cycle", 1)}'`;
const modesThat = (is: (mode: DecisionMode) => boolean): string[] =>
  Object.values<DecisionMode>(MODES)
    .filter(is)
    .map(({ name }) => name);
const withoutStop = (table: string): string =>
  `UPDATE ${table} SET stop_loss = NULL, take_profit = NULL WHERE market_id = 1`;

/** Only the control may have it, by the settings that the cycle ran on. */
const stopOf = (table: string): TriggerCase => ({
  refused: {
    "what another mode has without a stop": withoutStop(table),
    "what a bot that became the control later has": `${settingsOf("buy-and-hold")};
      UPDATE bots SET settings_version = 2; ${withoutStop(table)}`,
    ...Object.fromEntries(
      modesThat((mode) => !mode.isControl).map((mode) => [
        `what ${mode} has without one, chosen anew`,
        `${cycleOf(mode)}; ${withoutStop(table)}`,
      ]),
    ),
  },
  accepted: {
    ...Object.fromEntries(
      [...modesThat((mode) => mode.isControl), "hold"].map((mode) => [
        `what the control has, as ${mode}`,
        `${cycleOf(mode)}; ${withoutStop(table)}`,
      ]),
    ),
    "any with a stop": `UPDATE ${table} SET stop_loss = 90`,
  },
  says: new RegExp(`^${table} without a stop: only the control may have them$`),
});

const becomes = (from: string, to: string): string =>
  [from, to]
    .map(
      (status) =>
        `UPDATE orders SET status = '${status}', filled_quantity = CASE WHEN '${status}' = 'filled' THEN quantity ELSE 0 END`,
    )
    .join(";\n  ALTER TABLE orders ENABLE TRIGGER orders_status_follows;\n");
const EVENTS: readonly OrderEvent[] = ["submit", "accept", "fillPart", "fill", "cancel", "reject", "expire", "lose"];
const canFollow = (from: OrderStatus, to: OrderStatus): boolean =>
  from === to ||
  EVENTS.some((event) => {
    try {
      return nextOrderStatus(from, event) === to;
    } catch {
      return false;
    }
  });
/** Every step from status to status, as the transition table of the core has it. */
const stepsWhere = (isLegal: boolean): Attempts =>
  Object.fromEntries(
    ORDER_STATUSES.flatMap((from) =>
      ORDER_STATUSES.filter((to) => canFollow(from, to) === isLegal).map((to) => [
        `${from} to ${to}`,
        `ALTER TABLE orders DISABLE TRIGGER orders_status_follows; ${becomes(from, to)}`,
      ]),
    ),
  );

/** What each trigger refuses, and what it nearly refuses. The sample rows show that a plain insert is accepted. */
const CASES: Readonly<Record<string, TriggerCase>> = {
  ledger_entries_append_only: appendOnly("ledger_entries", "amount"),
  account_flows_append_only: appendOnly("account_flows", "amount"),
  allotment_flows_append_only: appendOnly("allotment_flows", "amount"),
  audit_entries_append_only: appendOnly("audit_entries", "action"),
  bot_settings_append_only: appendOnly("bot_settings", "settings"),
  fills_append_only: appendOnly("fills", "price"),
  candles_immutable: {
    refused: {
      "an update": "UPDATE candles SET close = close",
      "an update of no row": "UPDATE candles SET volume = 1 WHERE false",
    },
    accepted: { "dropping old ones, which may be fetched again": "DELETE FROM candles" },
    says: /^candles is append-only: UPDATE is refused$/,
  },
  ...Object.fromEntries(
    ["decisions", "order_intents", "positions"].map((table) => [`${table}_without_stop`, stopOf(table)]),
  ),
  orders_status_follows: {
    refused: stepsWhere(false),
    accepted: stepsWhere(true),
    says: /^an order that is \w+ cannot become \w+$/,
  },
  ledger_entries_balance: {
    refused: {
      "a single line": line("t", "cash", "1"),
      "two lines that are off by the last digit": `${line("t", "cash", "1")}; ${line("t", "capital", "-0.999999999999999999")}`,
      "balance across transactions": `${line("t", "cash", "1")}; ${line("other", "capital", "-1")}`,
      "balance across currencies": `${line("t", "cash", "1")}; ${line("t", "capital", "-1", "EUR")}`,
      "balance across bots": `${line("t", "cash", "1")}; ${line("t", "capital", "-1", "USDT", id("bot", 2))}`,
    },
    accepted: {
      "two lines": `${line("t", "cash", "1")}; ${line("t", "capital", "-1")}`,
      "three lines": `${line("t", "cash", "-1.5")}; ${line("t", "margin", "1")}; ${line("t", "fees", "0.5")}`,
      "each of two currencies": [
        line("t", "cash", "1"),
        line("t", "capital", "-1"),
        line("t", "cash", "2", "EUR"),
        line("t", "capital", "-2", "EUR"),
      ].join(";"),
    },
    says: /^ledger transaction (t|other) is off by -?[\d.]+ (USDT|EUR)$/,
  },
  // Refuse nothing: they keep sums, as books/kept-figures.db.test.ts shows.
  ledger_entries_keep_balances: {
    refused: {},
    accepted: { "a posting": `${line("t", "cash", "1")}; ${line("t", "capital", "-1")}` },
    says: /^$/,
  },
  equity_points_keep_memory: {
    refused: {},
    accepted: {
      "a point": `INSERT INTO equity_points VALUES ('${id("bot", 1)}', '${time(60)}', 1000, 900, 100, 0, 1001)`,
    },
    says: /^$/,
  },
  trades_keep_totals: {
    refused: {},
    accepted: {
      "a trade": `INSERT INTO trades (position_id, bot_id, market_id, side, quantity, entry_price, exit_price, entered_at,
        exited_at, gross_pnl, fees, funding, slippage, realized_pnl, exit_reason) SELECT '${id("position", 2)}', bot_id,
        market_id, side, quantity, entry_price, exit_price, entered_at, exited_at, gross_pnl, fees, funding, slippage,
        realized_pnl, exit_reason FROM trades`,
    },
    says: /^$/,
  },
  verdicts_keep_refusals: {
    refused: {},
    accepted: {
      "a refusal": `INSERT INTO verdicts (decision_id, bot_id, slot, outcome, rule, reason, checks)
        SELECT '${id("decision", 2)}', bot_id, slot, 'rejected', 'spread', 'too wide', checks FROM verdicts`,
    },
    says: /^$/,
  },
  invariant_checks_keep_broken: {
    refused: {
      "deleting what a check found": `UPDATE invariant_checks SET broken = '[{"invariant": "I1", "text": "off"}]';
        DELETE FROM invariant_checks`,
    },
    accepted: { "deleting a check that found nothing": "DELETE FROM invariant_checks" },
    says: /^a check that found something is kept$/,
  },
  // Refuses nothing: without the row, no bot of the user could be let enter.
  bots_open_user_risk: {
    refused: {},
    accepted: {
      "a user's first bot, and a second one": `DELETE FROM user_risk;
        INSERT INTO bots (id, user_id, account_id, account_kind, venue_id, name, settings_version, interval_seconds, allotment)
          SELECT gen_random_uuid(), user_id, account_id, account_kind, venue_id, name, 1, interval_seconds, allotment
          FROM (SELECT * FROM bots LIMIT 1) b, generate_series(1, 2);
        DO $$ BEGIN ASSERT (SELECT count(*) = 1 AND bool_and(version = 0) FROM user_risk), 'one row'; END $$`,
    },
    says: /^$/,
  },
  ...MODEL_TRIGGERS,
  ...STEERING_TRIGGERS,
  // Refuses nothing: it ends sessions, as find-session.db.test.ts shows.
  users_archived_end_sessions: {
    refused: {},
    accepted: { "archiving a user": "UPDATE users SET archived_at = now()" },
    says: /^$/,
  },
};

it("every trigger of the database has a case", async () => {
  const triggers = await bench.query<{ name: string }>("SELECT tgname AS name FROM pg_trigger WHERE NOT tgisinternal");
  expect(triggers.map(({ name }) => name).toSorted()).toEqual(Object.keys(CASES).toSorted());
});

describe.each(Object.entries(CASES))("%s", (_trigger, { refused, accepted, says }) => {
  it.each(Object.entries(refused))("refuses %s", async (_what, statement) => {
    expect(await bench.run(statement)).toMatch(says);
  });

  it.each(Object.entries(accepted))("accepts %s", async (_what, statement) => {
    expect(await bench.run(statement)).toBeNull();
  });
});

it("an unbalanced posting may pass through the transaction, but not through its end", async () => {
  const unbalanced = line("t", "cash", "1");
  expect(await bench.run(unbalanced, "SET CONSTRAINTS ALL DEFERRED", line("t", "capital", "-1"))).toBeNull();
});
