import { describe, expect, it } from "vitest";
import { botSettingsSchema, type BotSettings } from "../bot-settings";
import { llm } from "../decision/modes/llm";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { HOUR_MS } from "../market/duration";
import { decimal } from "../money";
import { previewPrompt } from "./preview-prompt";

const MODES = { llm };
const NOW = Date.parse("2026-11-28");
const PAIRS = ["BTC/USDT", "ETH/USDT"];

const settingsOf = (decision: object = {}): BotSettings =>
  ({
    ...botSettingsSchema.parse({ pairs: PAIRS, intervalSeconds: 3600 }),
    mode: "llm",
    decision: llm.settings.parse({ model: "anthropic/claude-haiku-5-5", ...decision }),
  }) as unknown as BotSettings;

const candlesOf = (count: number, seed = 1) =>
  createSyntheticCandles({ seed, count, volatility: 0.004, timeframe: "1h", meanVolume: 1000 });

const previewOf = (count: number, decision: object = {}) => {
  const series = (seed: number) => {
    const candles = candlesOf(count, seed);
    return [
      { timeframe: "1h", candles },
      { timeframe: "1h", candles },
    ] as const;
  };
  const markets = PAIRS.map((pair, index) => ({
    pair,
    takerFeeRate: "0.0005",
    fundingRate: index === 0 ? "0.0001" : null,
    series: series(index + 1),
  }));
  return previewPrompt({ settings: settingsOf(decision), capital: decimal(5000), markets, now: NOW }, MODES);
};

describe("the prompt that would be sent", () => {
  it("is written by what is known of the markets, the bot's money and its settings", () => {
    const preview = previewOf(1100, { strategy: "Buy only what falls." });
    if (!preview.isKnown) throw new Error(preview.reason);
    const { prompt, at } = preview;
    const last = candlesOf(1100).at(-1);
    expect(at).toBe((last?.openTime ?? 0) + HOUR_MS);
    expect(prompt.system[1]).toContain("Buy only what falls.");
    expect(prompt.message).toContain(`Time: ${new Date(at).toISOString()}. Pairs: BTC/USDT, ETH/USDT.`);
    expect(prompt.message).toMatch(/portfolio\.equity \| [^|]+ \| 5000 USDT/);
    expect(prompt.message).toMatch(/BTC\/USDT\.funding \| [^|]+ \| 0\.01 %/);
    expect(prompt.message).toMatch(/ETH\/USDT\.funding \| [^|]+ \| missing/);
    expect(prompt.message).toMatch(/BTC\/USDT\.4h\.ema50 \| [^|]+ \| \d/);
    expect(Number(preview.most)).toBeGreaterThan(0);
  });

  it("shows only candles that had closed", () => {
    const preview = previewOf(1100);
    const shorter = previewOf(1099);
    if (!preview.isKnown || !shorter.isKnown) throw new Error("they are known");
    expect(preview.at - shorter.at).toBe(HOUR_MS);
    expect(shorter.prompt.message).not.toBe(preview.prompt.message);
  });

  it("is none where nothing is known, or too little", () => {
    expect(previewOf(0)).toMatchObject({ isKnown: false, reason: expect.stringContaining("No candles") });
    expect(previewOf(5)).toMatchObject({ isKnown: false, reason: expect.stringContaining("Too few") });
  });

  it("has no greatest cost where the model has no price", () => {
    expect(previewOf(1100, { model: "openrouter/some" })).toMatchObject({ isKnown: true, most: null });
  });
});
