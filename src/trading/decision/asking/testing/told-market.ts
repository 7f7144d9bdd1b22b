import { decimal } from "../../../money";
import { createSyntheticCandles } from "../../../market/synthetic-candles";
import type { Fact } from "../fact";
import { readLlmMarket, LLM_WINDOW, type LlmReadings } from "../llm-readings";
import { marketFacts } from "../market-facts";
import { portfolioFacts } from "../portfolio-facts";

export const TOLD_PAIR = "BTC/USDT";

export const toldReadings = (seed = 1): LlmReadings =>
  readLlmMarket(
    (["1h", "4h"] as const).map((timeframe) => ({
      timeframe,
      candles: createSyntheticCandles({ seed, count: LLM_WINDOW, volatility: 0.004, timeframe, meanVolume: 1000 }),
    })),
  );

/** What a model is told of a market without positions. */
export const toldFacts = (seed = 1): Fact[] => [
  ...portfolioFacts({
    time: 0,
    equity: decimal(10_000),
    available: decimal(10_000),
    positions: [],
    takerFeeRate: decimal("0.0005"),
    stopDistanceMin: 0.005,
    stopDistanceMax: 0.15,
    rewardRiskMin: 1.5,
    positionsMax: 5,
  }),
  ...marketFacts({
    pair: TOLD_PAIR,
    readings: toldReadings(seed),
    fundingRate: 0.0001,
    openInterestRatio: null,
    narrative: null,
  }),
];
