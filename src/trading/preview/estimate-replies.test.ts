import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { llmSettingsSchema } from "../decision/asking/llm-settings";
import { createSyntheticCandles } from "../market/synthetic-candles";
import { estimateModelSpend } from "./estimate-model-spend";
import { estimateReplies } from "./estimate-replies";

const NOW = Date.parse("2026-11-28");
const START = Date.parse("2026-01-01");
const DAYS = 10;
const rules = {
  pair: "BTC/USDT",
  marketType: "swap",
  tick: "0.1",
  lot: "0.001",
  contractSize: "1",
  quantityMin: "0.001",
  notionalMin: null,
  leverageMax: null,
  takerFeeRate: "0.0005",
} as const;

const marketFrom = (id: number, from: number, days: number) => ({
  id,
  rules,
  timeframe: "1h" as const,
  candles: createSyntheticCandles({
    seed: id,
    count: days * 24,
    volatility: 0.01,
    meanVolume: 1000,
    timeframe: "1h",
    startTime: from,
  }),
});

type Given = { readonly decision?: object; readonly intervalSeconds?: number };
const asked = ({ decision = {}, intervalSeconds = 3600 }: Given = {}) => ({
  settings: botSettingsSchema.parse({ pairs: ["BTC/USDT"], intervalSeconds }),
  llm: llmSettingsSchema.parse({ model: "anthropic/claude-haiku-5-5", timeframe: "1h", ...decision }),
  now: NOW,
});
const estimate = (given?: Given, markets = [marketFrom(1, START, DAYS)]) =>
  estimateReplies({ ...asked(given), markets });

describe("the replies that a backtest needs", () => {
  it("are one for each closed candle at which the bot asks, and cost as many usual questions", () => {
    const found = estimateModelSpend({ ...asked(), speed: 1 });
    if ("unknown" in found) throw new Error(found.unknown);
    expect(estimate()).toMatchObject({ days: DAYS, replies: DAYS * 24, isPaid: true });
    expect(estimate()?.usual?.toFixed()).toBe(found.spend.usual?.times(DAYS * 24).toFixed());
    expect(estimate({ decision: { everyCandles: 4 } })).toMatchObject({ replies: DAYS * 6 });
    expect(estimate({ intervalSeconds: 7200 })).toMatchObject({ replies: DAYS * 12 });
  });

  it("are of the time that the candles of all its pairs cover", () => {
    const markets = [marketFrom(1, START, DAYS), marketFrom(2, START + 4 * 86_400_000, DAYS)];
    expect(estimate({}, markets)).toMatchObject({ days: 6, replies: 144 });
    expect(estimate({}, [marketFrom(1, START, 1), marketFrom(2, START + 4 * 86_400_000, 1)])).toBeNull();
    expect(estimate({}, [])).toBeNull();
  });

  it("are paid to nobody of a script, and of an unknown price where nobody knows it", () => {
    expect(estimate({ decision: { model: "scripted/scripted-trader-1" } })).toMatchObject({ isPaid: false });
    expect(estimate({ decision: { model: "anthropic/claude-of-nobody" } })).toMatchObject({
      isPaid: true,
      usual: null,
    });
  });
});
