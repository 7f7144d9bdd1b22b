import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { costOf } from "./cost-of";
import { findModel } from "./find-model";
import { findPrice } from "./find-price";
import type { ModelPrice } from "./model-price";
import type { ProviderId } from "./model-provider";
import type { TokenUsage } from "./token-usage";

const usage = (input: number, cacheRead: number, cacheWrite: number, output: number): TokenUsage => ({
  inputTokens: input,
  cacheReadTokens: cacheRead,
  cacheWriteTokens: cacheWrite,
  outputTokens: output,
});

const priceOf = (provider: ProviderId, id: string, day: string): ModelPrice => {
  const found = findPrice(findModel(provider, id), Date.parse(day));
  if (found.outcome === "refused") throw new Error(found.reason);
  return found.price;
};

describe("the cost of a reply, computed by hand", () => {
  it.each<[what: string, ModelPrice, TokenUsage, dollars: string]>([
    // 1200 x 2 + 1024 x 0.10 + 512 x 2.50 + 85 x 10 = 4632.4 millionths: the cache's tokens are no part of the 1200.
    ["with a cache", priceOf("anthropic", "claude-sonnet-5-5", "2026-11-01"), usage(1200, 1024, 512, 85), "0.0046324"],
    // The day before, reading from the cache cost 0.20: 102.4 millionths more.
    [
      "at an older price",
      priceOf("anthropic", "claude-sonnet-5-5", "2026-10-06"),
      usage(1200, 1024, 512, 85),
      "0.0047348",
    ],
    // 60,000 x 0.10 + 30,000 x 0.01 + 10,000 x 0.125 + 1000 x 0.50 = 8050.
    [
      "of 100,000 tokens of prompt",
      priceOf("anthropic", "claude-haiku-5-5", "2026-11-01"),
      usage(60_000, 30_000, 10_000, 1000),
      "0.00805",
    ],
    // One token more, and all are dearer: 60,000 x 0.50 + 30,001 x 0.05 + 10,000 x 0.625 + 1000 x 2.50 = 40,250.05.
    [
      "of 100,001",
      priceOf("anthropic", "claude-haiku-5-5", "2026-11-01"),
      usage(60_000, 30_001, 10_000, 1000),
      "0.04025005",
    ],
    ["of one token", priceOf("deepseek", "deepseek-flash", "2026-11-01"), usage(1, 0, 0, 0), "0.0000003"],
    ["on one's own machine", priceOf("ollama", "any:8b", "2026-11-01"), usage(5000, 0, 0, 300), "0"],
  ])("%s", (_what, price, used, dollars) => {
    expect(costOf(used, price)?.toFixed()).toBe(dollars);
  });

  it("is unknown, and not 0, where a kind of token was used whose price is not known", () => {
    const price = priceOf("moonshot", "kimi-k3", "2026-11-01");
    expect(costOf(usage(100, 7, 1, 11), price)).toBeNull();
    // Without it: 100 x 3 + 7 x 0.30 + 11 x 15 = 467.1.
    expect(costOf(usage(100, 7, 0, 11), price)?.toFixed()).toBe("0.0004671");
  });

  it("is unknown for a prompt longer than any that has a price", () => {
    const price = priceOf("anthropic", "claude-haiku-5-5", "2026-11-01");
    const short = { ...price, bands: price.bands.slice(0, 1) };
    expect(costOf(usage(99_999, 1, 0, 1), short)).not.toBeNull();
    expect(costOf(usage(99_999, 1, 1, 1), short)).toBeNull();
  });
});

const count = fc.integer({ min: 0, max: 50_000_000 });
/** Thousandths of a dollar per million tokens, so that the sum below is one of whole billionths. */
const rate = fc.integer({ min: 0, max: 100_000 });

it("is to the last digit what whole numbers make of it", () => {
  fc.assert(
    fc.property(fc.tuple(count, count, count, count), fc.tuple(rate, rate, rate, rate), (tokens, rates) => {
      const [input, cacheRead, cacheWrite, output] = rates.map((thousandths) => decimal(thousandths).div(1000));
      fc.pre(input !== undefined && output !== undefined && cacheRead !== undefined && cacheWrite !== undefined);
      const bands = [{ promptTokensMax: null, rates: { input, cacheRead, cacheWrite, output } }];
      const billionths = tokens.reduce((total, n, kind) => total + BigInt(n) * BigInt(rates[kind] ?? 0), 0n);
      const cost = costOf(usage(...tokens), { validFrom: 0, bands, isCeiling: false });
      expect(cost?.times(1_000_000_000).toFixed()).toBe(billionths.toString());
    }),
  );
});
