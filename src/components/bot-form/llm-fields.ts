import { TIMEFRAMES } from "~/trading/market/timeframe";
import type { ModeField } from "./mode-field";

const timeframes = TIMEFRAMES.map((timeframe) => ({ value: timeframe, name: timeframe }));
const SIDES = [
  { value: "both", name: "Both" },
  { value: "long", name: "Long only" },
];
const STRATEGY_MAX = 2000;
const STRATEGY_NOTE =
  "Your own words, as the model reads them after the frame, which is the same for all. They cannot change a limit: code checks what the model wants.";

/** The fields of the mode that asks a language model. */
export const LLM_FIELDS: readonly ModeField[] = [
  { name: "model", label: "Model", kind: "model" },
  { name: "budgetPerDay", label: "Budget of its model", line: "Budget", kind: "dollars" },
  { name: "timeframe", label: "Candles", kind: "choice", choices: timeframes },
  { name: "everyCandles", label: "Asks every", line: "Candles", kind: "number", suffix: "candles" },
  { name: "contextTimeframe", label: "Beside them", line: "Context", kind: "choice", choices: timeframes },
  { name: "sides", label: "Sides", kind: "choice", choices: SIDES },
  { name: "confidenceMin", label: "Least confidence", line: "Confidence", kind: "number", suffix: "of 1" },
  { name: "rewardRiskMin", label: "Least reward for the risk", line: "Reward", kind: "number", suffix: "times" },
  { name: "citationsMin", label: "Numbers it must cite", line: "Evidence", kind: "number" },
  { name: "sizeFraction", label: "Size", kind: "number", unit: "%" },
  { name: "leverage", label: "Leverage", kind: "number", suffix: "x" },
  { name: "strategy", label: "Strategy", kind: "prose", most: STRATEGY_MAX, note: STRATEGY_NOTE },
  { name: "acceleratedConsent", label: "I agree to pay as often as this market's clock makes it ask", kind: "consent" },
];
