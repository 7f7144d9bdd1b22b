import { expect, it } from "vitest";
import { judgeTrial, MODEL_TRIAL } from "./model-trial";
import type { ReplyBody } from "./read-tool-call";

const decision = (pair: string, side: string, change: object = {}) => ({
  pair,
  action: "open",
  side,
  confidence: 0.6,
  reason: "the close is above EMA50",
  ...change,
});
const reply = (decisions: unknown, name = MODEL_TRIAL.tool.name): ReplyBody => ({
  stopReason: "tool_use",
  content: [{ type: "tool_use", id: "t", name, input: { decisions } }],
});
const BTC = decision("BTC/USDT", "long");
const ETH = decision("ETH/USDT", "short");

it("is passed by what the table says, in any order", () => {
  expect(judgeTrial(reply([ETH, BTC]))).toEqual({ outcome: "passed", answer: "ETH/USDT short, BTC/USDT long" });
});

it.each<[what: string, ReplyBody, why: RegExp]>([
  ["another tool", reply([BTC, ETH], "place_order"), /hold, since another tool than submit_decision was called\.$/],
  ["one pair of two", reply([BTC]), /wrongly: BTC\/USDT long\.$/],
  ["none", reply([]), /wrongly: no decision/],
  ["a pair twice", reply([BTC, ETH, BTC]), /wrongly/],
  ["the wrong side", reply([BTC, decision("ETH/USDT", "long")]), /wrongly/],
  ["a pair that is not there", reply([BTC, decision("SHIB/USDT", "short")]), /form/],
  ["a confidence of 60", reply([BTC, decision("ETH/USDT", "short", { confidence: 60 })]), /form/],
  ["text", reply("buy"), /form/],
  ["a whole reply of them", reply(Array.from({ length: 5000 }, () => BTC)), /form/],
])("is failed by %s", (_what, read, why) => {
  expect(judgeTrial(read)).toEqual({ outcome: "failed", reason: expect.stringMatching(why) });
});
