import { hasNewCandle } from "../../basis/has-new-candle";
import type { DecisionMode } from "../../basis/decision-mode";
import { analyseTrinity, analyseTrinitySeries } from "./analyse-trinity";
import { decideTrinity } from "./decide-trinity";
import { describeTrinity } from "./describe-trinity";
import { nearestEntry } from "./nearest-entry";
import { planTrinity } from "./plan-trinity";
import type { TrinityReads } from "./trinity-input";
import { trinityReadingsSchema, trinityTrail, type TrinityReadings } from "./trinity-readings";
import { trinitySettingsSchema, type TrinitySettings } from "./trinity-settings";
import { TRINITY_CONFIRM_WINDOW, TRINITY_WINDOW } from "./trinity-warm-up";
import { TRINITY_WORDS } from "./trinity-words";

/** Confluence scoring of both sides over two timeframes. */
export const trinity: DecisionMode<TrinitySettings, "trinity", TrinityReads, TrinityReadings> = {
  name: "trinity",
  title: "Trinity",
  summary: "scores both sides",
  isControl: false,
  asksModel: false,
  settings: trinitySettingsSchema,
  readings: trinityReadingsSchema,
  words: () => TRINITY_WORDS,
  series: ({ timeframe, confirmTimeframe }) => [
    { timeframe, count: TRINITY_WINDOW },
    { timeframe: confirmTimeframe, count: TRINITY_CONFIRM_WINDOW },
  ],
  isDue: ({ timeframe }, span) => hasNewCandle(timeframe, span),
  reads: ({ timeframe, confirmTimeframe }) => ({ timeframe, confirmTimeframe }),
  analyse: analyseTrinity,
  analyseSeries: analyseTrinitySeries,
  decide: decideTrinity,
  trailBy: ({ readings }) => trinityTrail(readings),
  describe: describeTrinity,
  plans: planTrinity,
  entryScore: ({ entryScoreMin }) => entryScoreMin,
  nearestEntry: ({ entryScoreMin }, hold) => nearestEntry(hold, entryScoreMin),
};
