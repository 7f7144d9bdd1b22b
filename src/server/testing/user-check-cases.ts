import type { CheckCase } from "./order-check-cases";
import { sampleId as id, sampleTime as time } from "./sample-id";

/** A hash and no code itself, and no time before the beginning. */
const onceCases = (table: string, column: string): Readonly<Record<string, CheckCase>> => ({
  [`${table}_${column.replace("_hash", "_is_a_hash")}`]: {
    refused: [{ [column]: "f".repeat(63) }, { [column]: "F".repeat(64) }],
    accepted: [{ [column]: "f".repeat(64) }],
  },
  [`${table}_times`]: {
    refused: [{ expires_at: time(0) }, { used_at: time(-1) }],
    accepted: [{ used_at: time(0) }, { used_at: time(90) }],
  },
});

/** A case for every CHECK of people who come in, and of what users allow all their bots. */
export const USER_CHECK_CASES: Readonly<Record<string, CheckCase>> = {
  ...onceCases("one_time_tokens", "token_hash"),
  ...onceCases("invites", "code_hash"),
  invites_used_by: {
    refused: [{ used_at: null }],
    accepted: [{ used_at: null, used_by_id: null }, { used_by_id: null }],
  },
  sessions_confirmed: {
    refused: [{ confirmed_at: time(-1) }],
    accepted: [{ confirmed_at: time(0) }, { confirmed_at: null }],
  },
  invites_revoked: {
    refused: [{ revoked_at: time(1) }, { revoked_at: time(-1), used_at: null, used_by_id: null }],
    accepted: [{ revoked_at: time(1), used_at: null, used_by_id: null }],
  },
  user_risk_limits_positive: {
    refused: [{ gross_notional_max: "0" }, { same_side_notional_max: "-1" }, { daily_loss_max: "0" }],
    accepted: [{ gross_notional_max: null }, { same_side_notional_max: "0.01", daily_loss_max: "1" }],
  },
  user_risk_correlation: {
    refused: [{ same_side_correlation: -0.1 }, { same_side_correlation: 1.1 }],
    accepted: [{ same_side_correlation: 0 }, { same_side_correlation: 1 }],
  },
  user_risk_version: { refused: [{ version: -1 }], accepted: [{ version: 1 }] },
  commands_state_times: {
    refused: [
      { state: "asked" },
      { position_ids: "{}" },
      { kind: "run-now" },
      { taken_at: null },
      { effective_at: null },
      { ended_at: time(6) },
      { state: "done", ended_at: null },
      { state: "done", ended_at: time(6), taken_at: null },
      { state: "refused", reason: "too late" },
    ],
    accepted: [
      { state: "asked", position_ids: "{}", taken_at: null, effective_at: null },
      { state: "done", ended_at: time(6) },
      { state: "refused", reason: "too late", ended_at: time(6), taken_at: null, effective_at: null },
      { kind: "run-now", position_ids: "{}" },
    ],
  },
  commands_reason: {
    refused: [{ reason: "too late" }, { state: "refused", ended_at: time(6) }],
    accepted: [
      { state: "refused", ended_at: time(6), reason: "too late" },
      { state: "done", ended_at: time(6), reason: "decided already" },
    ],
  },
  proposals_band: {
    refused: [{ band_low: "0" }, { band_low: "100" }, { band_high: "100" }],
    accepted: [{ band_low: "99.9", band_high: "100.1" }],
  },
  proposals_amounts: {
    refused: [{ quantity: "0" }, { notional: "0" }, { risk: "-1" }, { stop_loss: "0" }, { take_profit: "0" }],
    accepted: [{ risk: "0" }],
  },
  proposals_ends: {
    refused: [{ ended_at: null }, { state: "accepted" }],
    accepted: [{ state: "accepted", ended_at: null }],
  },
  proposals_decided: {
    refused: [{ state: "proposed", ended_at: null }, { command_id: null }],
    accepted: [
      { state: "proposed", ended_at: null, command_id: null },
      { state: "expired", reason: "late", command_id: null },
    ],
  },
  proposals_reason: {
    refused: [{ state: "expired" }, { state: "refused" }],
    accepted: [{ state: "refused", reason: "the gate" }],
  },
  trade_locks_until: { refused: [{ until: time(5) }], accepted: [{ until: time(6) }] },
  commands_done_ids: {
    refused: [{ done_ids: "{00000000-0000-7000-8000-00000000ffff}" }],
    accepted: [{ done_ids: `{${id("position", 1)}}` }],
  },
  commands_details: { refused: [{ details: [1] }], accepted: [{ details: { positionId: "x" } }] },
  verdicts_user_sums: {
    refused: [{ user_sums: [1] }],
    accepted: [{ user_sums: { gross: "0", sameSide: "0", loss: "0" } }, { user_sums: null }],
  },
};
