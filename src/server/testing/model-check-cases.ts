import type { CheckCase } from "./order-check-cases";
import { sampleTime as time } from "./sample-id";

/** What a reply leaves, and what nobody knows of a call without one. */
const NO_REPLY = { raw: null, served_model: null, stop_reason: null, verdict: null };
const NO_TOKENS = { input_tokens: null, cache_read_tokens: null, cache_write_tokens: null, output_tokens: null };
const RESERVED = { ...NO_REPLY, ...NO_TOKENS, state: "reserved", cost: null, answered_at: null, tries: null };
const LOST = { ...NO_REPLY, ...NO_TOKENS, state: "lost", cost: "0.05", fault: "lost-time", reason: "no answer" };
const REFUSED = { ...LOST, state: "refused", cost: "0", fault: "refused-rate", reason: "too often" };
const TRIAL = { bot_id: null, cycle_id: null, slot: null };
const MEBIBYTE = 1_048_576;

/** Cases for the CHECKs of calls of models, of what they cost and of keys. */
export const MODEL_CHECK_CASES: Readonly<Record<string, CheckCase>> = {
  model_calls_of_cycle: {
    refused: [{ bot_id: null }, { cycle_id: null }, { slot: null }, { bot_id: null, slot: null }],
    accepted: [TRIAL],
  },
  model_calls_attempt: { refused: [{ attempt: 0 }, { attempt: 3 }], accepted: [{ attempt: 2 }] },
  model_calls_prompt_hash: {
    refused: [{ prompt_hash: "f".repeat(63) }, { prompt_hash: "F".repeat(64) }],
    accepted: [{ prompt_hash: "f".repeat(64) }],
  },
  model_calls_amounts: {
    refused: [{ reserve: "-0.01" }, { cost: "-0.01" }],
    accepted: [{ reserve: "0", cost: "0" }, { cost: "0.06" }],
  },
  model_calls_times: {
    refused: [{ ends_by: time(5) }, { answered_at: time(4) }],
    accepted: [{ answered_at: time(5) }, { answered_at: time(60) }],
  },
  model_calls_reserved: {
    refused: [
      { ...RESERVED, cost: "0" },
      { ...RESERVED, answered_at: time(6) },
      { ...RESERVED, stop_reason: "tool_use" },
      { ...RESERVED, tries: 1 },
      { ...RESERVED, verdict: {} },
    ],
    accepted: [RESERVED],
  },
  model_calls_ended: { refused: [{ cost: null }, { answered_at: null }], accepted: [{ verdict: null }] },
  model_calls_replied: {
    refused: [{ raw: null }, { served_model: null }, { ...LOST, raw: "{}" }, { ...LOST, served_model: "some-model" }],
    accepted: [{ stop_reason: null, request_id: null }, LOST],
  },
  model_calls_says_why: {
    refused: [
      { fault: "lost-time", reason: "no answer" },
      { ...LOST, reason: null },
      { ...LOST, fault: null },
    ],
    accepted: [LOST, REFUSED],
  },
  model_calls_cost: {
    refused: [
      { ...LOST, cost: "0" },
      { ...REFUSED, cost: "0.05" },
    ],
    accepted: [LOST, REFUSED],
  },
  model_calls_tokens: {
    refused: [{ input_tokens: null }, { output_tokens: null }, { cache_read_tokens: -1 }],
    accepted: [NO_TOKENS, { input_tokens: 0, output_tokens: 0 }],
  },
  model_calls_raw_size: {
    refused: [{ raw: "x".repeat(MEBIBYTE + 1) }],
    accepted: [{ raw: "x".repeat(MEBIBYTE) }],
  },
  model_calls_prompt_size: {
    refused: [{ prompt: { message: "x".repeat(MEBIBYTE) } }, { facts: { path: "x".repeat(MEBIBYTE) } }],
    accepted: [{ prompt: { message: "x".repeat(MEBIBYTE / 2) } }],
  },
  model_calls_verdict_size: {
    refused: [{ verdict: { fault: "x".repeat(MEBIBYTE) } }],
    accepted: [{ verdict: { fault: "x".repeat(MEBIBYTE / 2) } }, { verdict: null }],
  },
  model_spend_amounts: {
    refused: [{ spent: "-0.01" }, { calls: -1 }],
    accepted: [{ spent: "0", calls: 0 }],
  },
  model_spend_scope: {
    refused: [{ scope: "system" }, { scope_id: "system" }],
    accepted: [{ scope: "system", scope_id: "system" }],
  },
  model_limits_budget: { refused: [{ budget_per_day: "-0.01" }], accepted: [{ budget_per_day: "0" }] },
  model_gates_counts: { refused: [{ calls: -1 }, { failures: -1 }], accepted: [{ calls: 1, failures: 1 }] },
  model_keys_sealed_size: {
    refused: [{ sealed: `\\x${"ab".repeat(89)}` }, { sealed: `\\x${"ab".repeat(1025)}` }],
    accepted: [{ sealed: `\\x${"ab".repeat(90)}` }],
  },
  model_keys_hint_size: { refused: [{ hint: "67890" }], accepted: [{ hint: "" }] },
};
