import { sampleTime as time } from "./sample-id";
import { FLOW_CHECK_CASES } from "./flow-check-cases";
import { MODEL_CHECK_CASES } from "./model-check-cases";
import { NO_STOP, ORDER_CHECK_CASES, type CheckCase } from "./order-check-cases";
import { USER_CHECK_CASES } from "./user-check-cases";

const MISSED = { status: "skipped", skip_reason: "missed", missed_through: time(60), missed_count: 10, slot: time(15) };
const HOLD = { action: "hold", side: null, size_fraction: null, leverage: null, entry_price: null, stop_loss: null };

/** A case for every CHECK of the database, by its name, which begins with its table's. */
export const CHECK_CASES: Readonly<Record<string, CheckCase>> = {
  users_email_lower_case: {
    refused: [{ email: "Trader@example.org" }, { email: "trader" }, { email: "@example.org" }],
    accepted: [{ email: "t@x" }],
  },
  sessions_id_is_a_hash: {
    refused: [{ id: "f".repeat(63) }, { id: "F".repeat(64) }, { id: "g".repeat(64) }],
    accepted: [{ id: "f".repeat(64) }],
  },
  sessions_times: {
    refused: [{ expires_at: time(0) }, { last_seen_at: time(-1) }],
    accepted: [{ last_seen_at: time(90), revoked_at: time(-1) }],
  },
  sessions_user_agent_size: {
    refused: [{ user_agent: "x".repeat(257) }],
    accepted: [{ user_agent: "x".repeat(256) }, { user_agent: null }],
  },
  known_devices_token_is_a_hash: {
    refused: [{ token_hash: "f".repeat(63) }, { token_hash: "F".repeat(64) }],
    accepted: [{ token_hash: "f".repeat(64) }],
  },
  known_devices_times: { refused: [{ last_used_at: time(-1) }], accepted: [{ last_used_at: time(90) }] },
  process_heartbeats_name: { refused: [{ name: "runner-1" }, { name: "database" }], accepted: [{ name: "cycles" }] },
  alerts_kind: {
    refused: [{ kind: "drawdown" }, { kind: "stopped-" }, { kind: "" }],
    accepted: [{ kind: "error" }, { kind: "invariant" }, { kind: "venue" }, { kind: "stopped-runner" }],
  },
  alerts_end_after_start: {
    refused: [{ created_at: time(1), ended_at: time(0) }],
    accepted: [{ created_at: time(1), ended_at: time(1) }, { ended_at: null }],
  },
  accounts_paper_has_no_key: {
    refused: [{ key_reference: "key-1" }],
    accepted: [{ kind: "live", key_reference: "key-1" }],
  },
  venue_clocks_previous_speed: {
    refused: [{ previous_speed: -1 }, { previous_speed: 3601 }],
    accepted: [{ previous_speed: 0 }, { previous_speed: 3600 }, { previous_speed: null }],
  },
  venue_clocks_chosen_speed: {
    refused: [{ chosen_speed: -1 }, { chosen_speed: 3601 }],
    accepted: [{ chosen_speed: 0 }, { chosen_speed: 3600 }, { chosen_speed: null }],
  },
  venue_clocks_speed: { refused: [{ speed: -1 }, { speed: 3601 }], accepted: [{ speed: 0 }, { speed: 3600 }] },
  venue_health_says_why: { refused: [{ message: null }], accepted: [{ state: "ok", message: null, latency_ms: 12 }] },
  venue_health_message_size: {
    refused: [{ message: "" }, { message: "x".repeat(301) }],
    accepted: [{ message: "x".repeat(300) }],
  },
  venue_health_times: { refused: [{ checked_at: time(-1) }], accepted: [{ checked_at: time(0) }] },
  venue_health_suspicion: {
    refused: [{ suspected_at: time(2) }],
    accepted: [{ suspected_at: time(1) }, { suspected_at: null }],
  },
  venue_health_latency: { refused: [{ latency_ms: -1 }], accepted: [{ latency_ms: 0 }] },
  markets_positive_rules: {
    refused: [
      { tick: "0" },
      { lot: "0" },
      { contract_size: "0" },
      { quantity_min: "-1" },
      { notional_min: "-1" },
      { leverage_max: 0 },
    ],
    accepted: [{ tick: "0.000000000000000001", quantity_min: "0", notional_min: null, leverage_max: null }],
  },
  markets_pair_form: {
    refused: [{ pair: "BTC-USDT" }, { pair: "btc/USDT" }, { pair: "BTC/" }, { pair: "BTC/USDT:USDT" }],
    accepted: [{ pair: "1INCH/USDT" }],
  },
  candles_prices: {
    refused: [
      { low: 0 },
      { low: 100.2 },
      { high: 100.4 },
      { high: "Infinity" },
      { close: "NaN" },
      { low: -1 },
      { volume: -1 },
      { volume: "Infinity" },
    ],
    accepted: [{ open: 100, high: 100, low: 100, close: 100, volume: 0 }, { volume: null }],
  },
  candles_timeframe: { refused: [{ timeframe: "7m" }, { timeframe: "" }], accepted: [{ timeframe: "1d" }] },
  candle_coverages_timeframe: { refused: [{ timeframe: "7m" }, { timeframe: "" }], accepted: [{ timeframe: "1d" }] },
  venues_finest_timeframe: { refused: [{ finest_timeframe: "7m" }], accepted: [{ finest_timeframe: "15m" }] },
  candle_coverages_order: { refused: [{ through: time(-1) }], accepted: [{ through: time(0) }] },
  bots_interval: {
    refused: [{ interval_seconds: 59 }, { interval_seconds: 86_401 }],
    accepted: [{ interval_seconds: 60 }, { interval_seconds: 86_400 }],
  },
  bots_allotment: { refused: [{ allotment: "0" }, { allotment: "-1" }], accepted: [{ allotment: "0.00000001" }] },
  bots_stopped_reason: {
    refused: [{ status: "stopped" }, { stopped_reason: "user" }, { status: "paused", stopped_reason: "user" }],
    accepted: [
      { status: "stopped", stopped_reason: "user" },
      { status: "stopped", stopped_reason: "market-not-running" },
    ],
  },
  bot_settings_version: { refused: [{ version: 0 }], accepted: [{ version: 3 }] },
  cycles_skip_reason: {
    refused: [{ status: "skipped" }, { skip_reason: "busy" }],
    accepted: [{ status: "skipped", skip_reason: "busy" }, { status: "done" }],
  },
  cycles_failure: { refused: [{ status: "failed" }], accepted: [{ status: "failed", failure: "no books" }] },
  cycles_retries: { refused: [{ retries: -1 }], accepted: [{ retries: 0 }, { retries: 3 }] },
  cycles_missed: {
    refused: [
      { ...MISSED, missed_count: null },
      { ...MISSED, missed_through: null },
      { ...MISSED, missed_count: 0 },
      { ...MISSED, missed_through: time(14) },
      { missed_through: time(60), missed_count: 10 },
    ],
    accepted: [MISSED, { ...MISSED, missed_through: time(15), missed_count: 1 }],
  },
  cycles_running_has_epoch: {
    refused: [{ status: "running" }, { status: "running", epoch: 1 }, { status: "running", holder: "run" }],
    accepted: [{ status: "running", epoch: 1, holder: "run" }],
  },
  analyses_question_is_a_hash: {
    refused: [{ question_hash: "f".repeat(63) }, { question_hash: "F".repeat(64) }, { question_hash: "g".repeat(64) }],
    accepted: [{ question_hash: "f".repeat(64) }],
  },
  // A JSON string of n letters is n + 2 bytes of text.
  analyses_content_size: {
    refused: [{ content: ["x".repeat(8189)] }],
    accepted: [{ content: ["x".repeat(8188)] }],
  },
  decisions_evidence_size: {
    refused: [{ evidence: ["x".repeat(8189)] }],
    accepted: [{ evidence: ["x".repeat(8188)] }, { evidence: null }],
  },
  decisions_score: { refused: [{ score: 1.01 }, { score: -0.01 }], accepted: [{ score: 0 }, { score: 1 }] },
  decisions_close_fraction: {
    refused: [{ close_fraction: 0.5 }],
    accepted: [{ close_fraction: null }],
  },
  decisions_exits: { refused: [{ action: "hold", exits: {} }], accepted: [{ exits: {} }, { exits: null }] },
  decisions_open_is_complete: {
    refused: [
      { side: null },
      { size_fraction: 0 },
      { size_fraction: 1.01 },
      { leverage: 0.5 },
      { entry_price: "0" },
      { stop_loss: "0" },
      { take_profit: "0" },
      { decided_candle: null },
      // A comparison with null is neither true nor false: each column has to be asked for by name.
      { size_fraction: null },
      { leverage: null },
      { entry_price: null },
      { stop_loss: null },
      { take_profit: null },
      // Without either, only what the control may want.
      { ...NO_STOP, leverage: 2 },
      { ...NO_STOP, side: "short" },
    ],
    accepted: [{ size_fraction: 1, leverage: 1 }, HOLD],
  },
  verdicts_rejected_names_rule: {
    refused: [{ outcome: "rejected" }],
    accepted: [{ outcome: "rejected", rule: "spread" }],
  },
  ...FLOW_CHECK_CASES,
  ...MODEL_CHECK_CASES,
  ...ORDER_CHECK_CASES,
  ...USER_CHECK_CASES,
  positions_amounts: {
    refused: [{ entry_price: "0" }, { leverage: "0.5" }, { margin: "-1" }, { mark: "0" }],
    accepted: [{ leverage: "1", margin: "0" }],
  },
  positions_closed_is_flat: {
    refused: [{ quantity: "0" }, { closed_at: time(10) }, { closed_at: time(10), quantity: "0" }],
    accepted: [{ closed_at: time(10), quantity: "0", margin: "0" }],
  },
  positions_open_is_protected: {
    refused: [{ stop_loss: "0" }, { stop_loss: null }, { ...NO_STOP, leverage: "2" }, { ...NO_STOP, side: "short" }],
    accepted: [{ take_profit: null }, { ...NO_STOP, quantity: "0", margin: "0", closed_at: time(10), leverage: "2" }],
  },
  positions_exit_plan: {
    refused: [{ exit_plan: {} }, { exit_plan: { version: "1" } }],
    accepted: [{ exit_plan: { version: 1 } }],
  },
  positions_times: {
    refused: [{ settled_through: time(4) }, { closed_at: time(4), quantity: "0", margin: "0" }],
    accepted: [{ closed_at: time(5), quantity: "0", margin: "0" }],
  },
  trades_net: {
    refused: [{ realized_pnl: "7.88" }, { funding: "0" }],
    accepted: [{ funding: "0", realized_pnl: "7.9" }],
  },
  trades_amounts: {
    refused: [
      { quantity: "0" },
      { entry_price: "0" },
      { exit_price: "0" },
      { fees: "-0.1", realized_pnl: "8.09" },
      { slippage: "-0.02", realized_pnl: "7.93" },
      { exited_at: time(4) },
    ],
    accepted: [{ exited_at: time(5) }],
  },
  trades_exit_reason: {
    refused: [
      { exit_reason: "delisted" },
      { exit_reason: "stop" },
      { exit_reason: "exit-" },
      { exit_reason: "stop-loss " },
      { exit_reason: "" },
      { exit_reason: "partial-target" },
    ],
    accepted: [
      "stop-loss",
      "liquidation",
      "exit-sma200",
      "break-even",
      "trailing-stop",
      "time-exit",
      "invalidation",
      "delisting",
      "by-hand",
    ].map((exit_reason) => ({ exit_reason })),
  },
  equity_memories_bounds: {
    refused: [{ peak: "999" }, { day_low: "1001" }],
    accepted: [{ peak: "1001", day_low: "999", day_start: "900" }],
  },
  equity_points_sum: {
    refused: [{ equity: "1001.00000001", peak: "1002" }, { peak: "1000.99999999" }],
    accepted: [{ peak: "2000" }],
  },
  live_events_number: { refused: [{ number: 0 }], accepted: [{ number: 2 }] },
};

/** The table of a constraint: the longest table name that the constraint's begins with. */
export const tableOf = (constraint: string, tables: readonly string[]): string =>
  tables.filter((table) => constraint.startsWith(`${table}_`)).toSorted((a, b) => b.length - a.length)[0] ?? constraint;
