import { botSettingsSchema, type BotSettings } from "../../bot-settings";
import { analyse, decisionTimeframes } from "../../decision/decide";
import { NOTHING_OUTSIDE } from "../../decision/asking/outside-facts";
import { lastCandles } from "../../market/candle-range";
import { decimal } from "../../money";
import type { DueMarket, ModelInput } from "../model-input";
import { createMarket, FIRST, type Market } from "./synthetic-trader";

/** A bot that asks a model at each closed hour about two pairs. */
export const modelSettings = (changes: Record<string, unknown> = {}): BotSettings =>
  botSettingsSchema.parse({
    mode: "llm",
    pairs: ["A/USDT", "B/USDT"],
    intervalSeconds: 1800,
    decision: { rewardRiskMin: 1, leverage: 2, ...changes },
    risk: {
      cooldownMinutes: 0,
      tradesPerDayMax: 200,
      correlationMax: 1,
      consecutiveLossesMax: 100,
      dailyLossMax: 0.5,
      dailyLossOfCapitalMax: 0.5,
      drawdownMax: 0.5,
    },
  });

/** Drawn once for each seed: its candles take longer than what is asked about them. */
const drawn = new Map<number, Market>();
const marketOf = (seed: number): Market => {
  const market = drawn.get(seed) ?? createMarket(seed);
  drawn.set(seed, market);
  return market;
};

/** What is due at a slot of the synthetic market, read by these settings. */
export const dueMarkets = (settings: BotSettings, time = FIRST, seed = 1): DueMarket[] =>
  marketOf(seed)(time).traded.map(({ rules, candles, shown }) => {
    const series = decisionTimeframes(settings).map((wanted) => candles(lastCandles({ ...wanted, closedBy: time })));
    const analysis = analyse({ settings, time, series });
    return { pair: rules.pair, takerFeeRate: rules.takerFeeRate, settings, analysis, shown };
  });

/** A question's material at the first slot, of a bot that holds nothing. */
export const modelInput = (changes: Partial<ModelInput> = {}): ModelInput => ({
  settings: modelSettings(),
  time: FIRST,
  markets: dueMarkets(modelSettings()),
  portfolio: { equity: decimal(10_000), cash: decimal(10_000), positions: [] },
  outside: NOTHING_OUTSIDE,
  delimiter: "d1",
  ...changes,
});
