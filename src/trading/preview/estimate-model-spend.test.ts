import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { toModelRequest } from "../cycle/model-question";
import { llmSettingsSchema } from "../decision/asking/llm-settings";
import { NOTHING_OUTSIDE, outsideFacts } from "../decision/asking/outside-facts";
import { toldFacts } from "../decision/asking/testing/told-market";
import { writePrompt } from "../decision/asking/write-prompt";
import { decimal } from "../money";
import { costAtMost } from "../model/cost-at-most";
import { findModel } from "../model/find-model";
import { estimateModelSpend } from "./estimate-model-spend";

const NOW = Date.parse("2026-11-28");
const HAIKU = "anthropic/claude-haiku-5-5";

const estimate = (decision: object = {}, more: { pairs?: string[]; speed?: number; intervalSeconds?: number } = {}) => {
  const { pairs = ["BTC/USDT"], speed = 1, intervalSeconds = 3600 } = more;
  const llm = llmSettingsSchema.parse({ model: HAIKU, budgetPerDay: "1000", ...decision });
  return estimateModelSpend({ settings: botSettingsSchema.parse({ pairs, intervalSeconds }), llm, speed, now: NOW });
};
const spendOf = (...asked: Parameters<typeof estimate>) => {
  const found = estimate(...asked);
  if ("unknown" in found) throw new Error(found.unknown);
  return found.spend;
};

/** The question of a market with data, as it would be sent. */
const realRequest = (seed: number) => {
  const settings = llmSettingsSchema.parse({ model: HAIKU });
  const sections = [{ title: "all", facts: [...toldFacts(seed), ...outsideFacts(NOTHING_OUTSIDE, 0)] }];
  const asked = {
    settings,
    pairs: ["BTC/USDT"],
    sections,
    time: new Date(NOW).toISOString(),
    delimiter: "0".repeat(32),
  };
  return toModelRequest(writePrompt(asked));
};

describe("what a model may cost", () => {
  it("sets aside no less for a question than a real one of its pairs does", () => {
    const [price] = findModel("anthropic", "claude-haiku-5-5").prices;
    const { most } = spendOf();
    for (let seed = 1; seed <= 20; seed += 1) {
      const real = price && costAtMost(realRequest(seed), price);
      expect(real?.lte(most ?? 0)).toBe(true);
      expect(real?.times(3).gte(most ?? 0)).toBe(true);
    }
  });

  it("counts about as many tokens as a real question has", () => {
    const { system, blocks, tool } = realRequest(1);
    const real = [system, ...blocks, JSON.stringify(tool)].join("").length / 4;
    const { promptTokens } = spendOf();
    expect(promptTokens / real).toBeGreaterThan(0.8);
    expect(promptTokens / real).toBeLessThan(1.6);
  });

  it("of an hourly bot on a clock of 720x is 17,280 questions a day of real time", () => {
    expect(spendOf().callsPerDay).toBe(24);
    expect(spendOf({}, { speed: 720 }).callsPerDay).toBe(17_280);
    expect(spendOf({}, { speed: 0 }).callsPerDay).toBe(0);
  });

  it("is asked once a due candle, and never oftener than the bot has slots", () => {
    expect(spendOf({ timeframe: "5m" }, { intervalSeconds: 3600 }).callsPerDay).toBe(24);
    expect(spendOf({ timeframe: "4h" }).callsPerDay).toBe(6);
    expect(spendOf({ timeframe: "1h", everyCandles: 4 }).callsPerDay).toBe(6);
  });

  it("is one question's cost times the questions of a month of 30 days", () => {
    const { usual, promptTokens, answerTokens, month, monthUnbounded } = spendOf();
    const expected = decimal(promptTokens).times("0.10").plus(decimal(answerTokens).times("0.50")).div(1_000_000);
    expect(usual?.toFixed()).toBe(expected.toFixed());
    expect(month?.toFixed()).toBe(expected.times(24 * 30).toFixed());
    expect(monthUnbounded?.eq(month ?? 0)).toBe(true);
  });

  it("is never more than the budget of its days", () => {
    const { month, monthMost, monthUnbounded } = spendOf({ budgetPerDay: "0.5" }, { speed: 720 });
    expect(monthMost.toFixed()).toBe("15");
    expect(month?.toFixed()).toBe("15");
    expect(monthUnbounded?.gt(100)).toBe(true);
  });

  it("grows with pairs and with what the trader writes", () => {
    const one = spendOf();
    expect(spendOf({}, { pairs: ["BTC/USDT", "ETH/USDT"] }).usual?.gt(one.usual ?? 0)).toBe(true);
    expect(spendOf({ strategy: "x".repeat(2000) }).most?.gt(one.most ?? 0)).toBe(true);
  });

  it("is unknown where no price is, and never 0", () => {
    expect(estimate({ model: "openrouter/some-model" })).toEqual({ unknown: expect.stringContaining("No price") });
    expect(estimate({ model: "nobody/some-model" })).toEqual({ unknown: expect.stringContaining("Nobody") });
  });

  it("of a model on one's own machine is nothing", () => {
    expect(spendOf({ model: "ollama/qwen3" }).month?.toFixed()).toBe("0");
  });
});
