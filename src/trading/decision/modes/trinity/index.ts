import { hasNewCandle } from "../../basis/has-new-candle";
import type { DecisionMode } from "../../basis/decision-mode";
import { decideTrinity } from "./decide-trinity";
import { describeTrinity } from "./describe-trinity";
import { nearestEntry } from "./nearest-entry";
import { trinitySettingsSchema, type TrinitySettings } from "./trinity-settings";
import { TRINITY_CONFIRM_WINDOW, TRINITY_WINDOW } from "./trinity-warm-up";
import { TRINITY_WORDS } from "./trinity-words";

/** Scores both sides by how many conditions agree, over two timeframes. */
export const trinity: DecisionMode<TrinitySettings, "trinity"> = {
  name: "trinity",
  title: "Trinity",
  summary: "scores both sides",
  isControl: false,
  settings: trinitySettingsSchema,
  words: TRINITY_WORDS,
  series: ({ timeframe, confirmTimeframe }) => [
    { timeframe, count: TRINITY_WINDOW },
    { timeframe: confirmTimeframe, count: TRINITY_CONFIRM_WINDOW },
  ],
  isDue: ({ timeframe }, span) => hasNewCandle(timeframe, span),
  decide: ({ series, ...question }) =>
    decideTrinity({ ...question, candles: series[0] ?? [], confirmCandles: series[1] ?? [] }),
  describe: describeTrinity,
  entryScore: ({ entryScoreMin }) => entryScoreMin,
  nearestEntry: ({ entryScoreMin }, hold) => nearestEntry(hold, entryScoreMin),
};
