import { decisionWindow } from "../../../market/decision-window";
import type { TrailReading } from "../../../portfolio/trail-reading";
import type { Analysis, MarketQuestion } from "../../basis/analysis";
import type { DecisionSeries } from "../../basis/decision-mode";
import { LLM_WINDOW, readLlmMarket, type LlmReadings } from "../../asking/llm-readings";
import type { LlmReads } from "../../asking/llm-settings";

/** The decision timeframe, and the longer one beside it where that is another. */
export const llmSeries = ({ timeframe, contextTimeframe }: LlmReads): [DecisionSeries, ...DecisionSeries[]] => [
  { timeframe, count: LLM_WINDOW },
  ...(contextTimeframe === timeframe ? [] : [{ timeframe: contextTimeframe, count: LLM_WINDOW }]),
];

/** What a model is shown of a market at a time. It scores nothing: nobody was asked yet. */
export const analyseLlm = ({ time, settings, series }: MarketQuestion<LlmReads>): Analysis<LlmReadings> => {
  const read = llmSeries(settings).map(({ timeframe, count }, index) => ({
    timeframe,
    candles: decisionWindow(series[index] ?? [], { timeframe, time, count }),
  }));
  const candle = read[0]?.candles.at(-1)?.openTime ?? null;
  return { candle, scores: null, evidence: [], readings: readLlmMarket(read) };
};

/** By what a stop may trail at the decision candle. */
export const llmTrail = ({ frames: [decision], supertrend }: LlmReadings): TrailReading | null =>
  decision ? { close: decision.close, atr14: decision.atr14, supertrend } : null;
