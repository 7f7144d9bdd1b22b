import { describe, expect, it } from "vitest";
import { buildDecision } from "../../risk/testing/risk-context-builder";
import { decisionSchema, holdDecision } from "./decision";

describe("the contract of all modes", () => {
  it("holds an entry and a hold, and gives them back as they are", () => {
    const hold = holdDecision("BTC/USDT", { code: "no-setup", text: "nothing is set up" });
    for (const decision of [buildDecision(), hold]) expect(decisionSchema.parse(decision)).toEqual(decision);
  });

  // Other spellings of an action once passed every check by being no action that was checked.
  it.each([
    { action: "ENTRY" },
    { action: "entry" },
    { action: "buy_to_enter" },
    { action: "buy_pullback" },
    { action: "close_long" },
    { action: null },
    { side: "buy" },
    { side: "LONG" },
    { pair: "BTCUSDT" },
    { score: 65 },
    { score: "0.6-0.7" },
    { score: Number.NaN },
    { sizeFraction: 25 },
    { sizeFraction: -0.1 },
    { leverage: 0 },
    { leverage: 0.5 },
    { stopLoss: 950 },
    { closeFraction: 0 },
    { reason: { code: "Entry!", text: "" } },
  ])("refuses %j instead of passing over it", (change) => {
    expect(decisionSchema.safeParse({ ...buildDecision(), ...change }).success).toBe(false);
  });
});
