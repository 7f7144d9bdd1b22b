import { TIMEFRAMES } from "~/trading/market/timeframe";
import { LLM_FIELDS } from "./llm-fields";
import type { ModeField } from "./mode-field";

const timeframes = TIMEFRAMES.map((timeframe) => ({ value: timeframe, name: timeframe }));
const namesOf = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, name]) => ({ value, name }));

const CANDLES = { name: "timeframe", label: "Candles", kind: "choice", choices: timeframes } as const;
const LEVERAGE = { name: "leverage", label: "Leverage", kind: "number", suffix: "x" } as const;

const TRINITY: readonly ModeField[] = [
  { name: "preset", label: "Preset", kind: "choice", choices: namesOf({ default: "Stricter", original: "Looser" }) },
  CANDLES,
  { name: "confirmTimeframe", label: "Confirmed by", line: "Candles", kind: "choice", choices: timeframes },
  { name: "entryScoreMin", label: "Entry score", kind: "number", suffix: "of 1" },
  { name: "stopLossFraction", label: "Stop", kind: "number", unit: "%" },
  { name: "takeProfitFraction", label: "Target", kind: "number", unit: "%" },
  LEVERAGE,
  { name: "triggerRequired", label: "Enters only on its trigger", kind: "check" },
  { name: "exitOnSupertrend", label: "Leaves when Supertrend turns", kind: "check" },
  { name: "exitOnSma200", label: "Leaves when the close crosses SMA200", kind: "check" },
  { name: "exitOnRsi", label: "Leaves when RSI14 is stretched", kind: "check" },
];

const INDICATOR: readonly ModeField[] = [
  {
    name: "preset",
    label: "Preset",
    kind: "choice",
    choices: namesOf({ default: "Stricter", original: "Looser", pullback: "Pullbacks" }),
  },
  CANDLES,
  {
    name: "setups",
    label: "Setups",
    kind: "choice",
    choices: namesOf({ both: "Both", pullback: "Pullbacks", breakout: "Breakouts" }),
  },
  {
    name: "sides",
    label: "Sides",
    line: "Setups",
    kind: "choice",
    choices: namesOf({ both: "Both", long: "Long only" }),
  },
  { name: "pullbackRsiMax", label: "RSI14 of a pullback", line: "Pullback", kind: "number" },
  { name: "pullbackStopFraction", label: "Stop of a pullback", line: "Pullback stop", kind: "number", unit: "%" },
  { name: "breakoutRsiMin", label: "RSI14 of a breakout", line: "Breakout", kind: "number" },
  { name: "breakoutStopFraction", label: "Stop of a breakout", line: "Breakout stop", kind: "number", unit: "%" },
  { name: "volumeShareMin", label: "Least volume", kind: "number", unit: "%" },
  { name: "entryScoreMin", label: "Entry score", kind: "number", suffix: "of 1" },
  { name: "sizeFraction", label: "Size", kind: "number", unit: "%" },
  LEVERAGE,
  { name: "takeProfitFraction", label: "Target", kind: "number", unit: "%" },
  { name: "stretchedRsi", label: "Stretched from RSI14", line: "Stretched", kind: "number" },
  { name: "stretchedGainMin", label: "Stretched from a gain of", line: "Stretched", kind: "number", unit: "%" },
  { name: "stretchedCloseFraction", label: "Then closes", line: "Stretched", kind: "number", unit: "%" },
  { name: "restTrailFraction", label: "The rest trails by", line: "Stretched", kind: "number", unit: "%" },
  { name: "timeExitHours", label: "Longest time", line: "Time", kind: "number", suffix: "hours" },
  { name: "freshBreakout", label: "Only at the candle that breaks out", kind: "check" },
];

const BUY_AND_HOLD: readonly ModeField[] = [
  CANDLES,
  { name: "investedFraction", label: "Invested", kind: "number", unit: "%" },
];

/** The fields of each mode's own settings; none for rules, which are written. */
export const MODE_FIELDS: Readonly<Record<string, readonly ModeField[]>> = {
  trinity: TRINITY,
  indicator: INDICATOR,
  llm: LLM_FIELDS,
  "buy-and-hold": BUY_AND_HOLD,
};
