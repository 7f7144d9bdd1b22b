import { describe, expect, it } from "vitest";
import { isMadeOfOwnWords, judgePassword } from "./password-strength";

const EMAIL = "jane.trader@example.org";

describe("a new password", () => {
  it.each([
    ["password1234", /too easy/],
    ["qwertyuiop123", /too easy/],
    ["123456789012", /too easy/],
    ["aaaaaaaaaaaa", /too easy/],
    ["p@ssw0rd!2024", /too easy/],
    ["pa55word".repeat(16), /too easy/],
    ["🐎".repeat(50), /too easy/],
    ["0xbot-0xbot-0xbot", /product's name/],
    ["0XBOT 0xBot 2026", /product's name/],
    ["jane.trader@example.org", /your e-mail/],
    ["Jane.Trader.2024", /your e-mail/],
    ["example-trader-1", /your e-mail/],
  ])("%s is refused, and says why", async (password, why) => {
    const judged = await judgePassword(password, EMAIL);
    expect(judged).toEqual({ strength: "weak", refusal: expect.stringMatching(why) as string });
  });

  it.each([
    ["correct horse battery staple", "strong"],
    ["jane met a grey heron", "strong"],
    ["abcd-efgh-ijkm-npqr", "strong"],
    ["Summer-lake-27", "fair"],
    ["  only  spaces  between  ", "strong"],
    [`${"emoji 🐎 and space, ".repeat(4)}until it is one hundred`, "strong"],
    ["Ω≈ç√∫˜µ≤≥÷æ…", "strong"],
  ])("%s is taken as %s", async (password, strength) => {
    expect(await judgePassword(password, EMAIL)).toEqual({ strength, refusal: null });
  });

  it("of the greatest length is judged in a moment, whatever it is made of", async () => {
    const [longest, deepest] = ["Aa1!".repeat(32), "p@5sw0rD".repeat(16)];
    for (const password of [longest, deepest]) {
      const since = performance.now();
      await judgePassword(password, EMAIL);
      expect(performance.now() - since).toBeLessThan(10_000);
    }
  });

  it("may hold a word of the address when enough is its own", () => {
    expect(isMadeOfOwnWords("trader of fine teas", EMAIL)).toBe(false);
    expect(isMadeOfOwnWords("a long enough password", "a@b.co")).toBe(false);
    expect(isMadeOfOwnWords("", EMAIL)).toBe(false);
  });
});
