import type { SampleRow } from "./sample-table";

/** Changes to a valid row: each of `refused` breaks the check alone, each of `accepted` only nearly does. */
export type CheckCase = { readonly refused: readonly SampleRow[]; readonly accepted: readonly SampleRow[] };

/** A trigger, not these checks, asks whether the row is the control's. */
export const NO_STOP = { stop_loss: null, take_profit: null };
const EXIT = { purpose: "exit", side: "sell", stop_loss: null, decided_candle: null, decision_id: null };

/** A case for every CHECK of intents, orders and fills. */
export const ORDER_CHECK_CASES: Readonly<Record<string, CheckCase>> = {
  order_intents_positive: {
    refused: [{ quantity: "0" }, { leverage: "0.99" }],
    accepted: [{ quantity: "0.000000000000000001", leverage: "1" }],
  },
  order_intents_notional: {
    refused: [{ notional: "0" }, { ...EXIT, notional: "1" }],
    accepted: [{ notional: "1" }, { notional: null }],
  },
  order_intents_legs: {
    refused: [{ legs: "{}" }, { ...EXIT, legs: "[]" }],
    accepted: [{ legs: "[]" }, { legs: null }],
  },
  order_intents_client_order_id: {
    refused: [{ client_order_id: "a".repeat(31) }, { client_order_id: "A".repeat(32) }],
    accepted: [{ client_order_id: "a".repeat(32) }],
  },
  order_intents_side: {
    refused: [{ side: "sell" }, { position_side: "short" }, { ...EXIT, side: "buy" }, { ...EXIT, purpose: "leg" }],
    accepted: [
      { ...EXIT, purpose: "leg", side: "buy" },
      { side: "sell", position_side: "short" },
      EXIT,
      { ...EXIT, side: "buy", position_side: "short" },
      { ...EXIT, purpose: "manual", side: "buy" },
    ],
  },
  order_intents_entry_is_protected: {
    refused: [
      { stop_loss: "0" },
      { decided_candle: null },
      { decision_id: null },
      { ...NO_STOP, leverage: "2" },
      { ...NO_STOP, take_profit: "108" },
      { ...NO_STOP, side: "sell", position_side: "short" },
    ],
    accepted: [{ take_profit: null }, EXIT],
  },
  order_intents_closing_names_position: {
    refused: [
      { ...EXIT, position_id: null },
      { ...EXIT, purpose: "protective", position_id: null },
      { ...EXIT, purpose: "leg", side: "buy", position_id: null },
    ],
    accepted: [{ ...EXIT, purpose: "manual", position_id: null }, { position_id: null }],
  },
  orders_client_order_id: {
    refused: [{ client_order_id: "a".repeat(31) }, { client_order_id: "A".repeat(32) }],
    accepted: [{ client_order_id: "a".repeat(32) }],
  },
  orders_prices: {
    refused: [
      { type: "limit" },
      { price: "100" },
      { type: "stop" },
      { trigger_price: "90" },
      { type: "stopLimit", price: "100" },
      { type: "limit", price: "0" },
      { type: "stop", trigger_price: "-1" },
    ],
    accepted: [
      { type: "limit", price: "100" },
      { type: "stop", trigger_price: "90" },
      { type: "stopLimit", price: "89", trigger_price: "90" },
    ],
  },
  orders_quantities: {
    refused: [{ quantity: "0", status: "filled" }, { filled_quantity: "-1" }, { filled_quantity: "1.01" }],
    accepted: [{ status: "partiallyFilled", filled_quantity: "0.99" }],
  },
  orders_filled: {
    refused: [{ status: "filled" }, { status: "filled", filled_quantity: "0.99" }, { filled_quantity: "1" }],
    accepted: [{ status: "filled", filled_quantity: "1" }],
  },
  fills_positive: {
    refused: [{ price: "0" }, { quantity: "0" }, { fee: "-0.01" }, { slippage: "-0.01" }],
    accepted: [{ fee: "0", slippage: "0" }, { slippage: null }],
  },
  bot_settings_restored_from: {
    refused: [{ restored_from: 0 }, { version: 3, restored_from: 3 }],
    accepted: [{ version: 3, restored_from: 2 }],
  },
};
