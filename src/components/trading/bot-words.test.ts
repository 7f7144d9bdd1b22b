import { describe, expect, it } from "vitest";
import { codeInWords, pairsInShort } from "./bot-words";

describe("pairsInShort", () => {
  it("leaves out the currency that the bot counts in", () => {
    expect(pairsInShort({ pairs: ["BTC/USDT", "ETH/USDT"], currency: "USDT" })).toBe("BTC, ETH");
  });

  it("keeps a pair that is quoted in something else", () => {
    expect(pairsInShort({ pairs: ["BTC/USDT", "ETH/BTC"], currency: "USDT" })).toBe("BTC, ETH/BTC");
  });
});

describe("codeInWords", () => {
  it("reads a rule's code as words", () => {
    expect(codeInWords("one-entry-per-candle")).toBe("one entry per candle");
  });
});
