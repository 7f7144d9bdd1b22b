import { describe, expect, it } from "vitest";
import { describeCode, describePairs } from "./describe-bot";

describe("describePairs", () => {
  it("leaves out the currency that the bot counts in", () => {
    expect(describePairs({ pairs: ["BTC/USDT", "ETH/USDT"], currency: "USDT" })).toBe("BTC, ETH");
  });

  it("keeps a pair that is quoted in something else", () => {
    expect(describePairs({ pairs: ["BTC/USDT", "ETH/BTC"], currency: "USDT" })).toBe("BTC, ETH/BTC");
  });
});

describe("describeCode", () => {
  it("reads a rule's code as words", () => {
    expect(describeCode("one-entry-per-candle")).toBe("one entry per candle");
  });
});
