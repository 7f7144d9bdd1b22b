import type { DecisionMode } from "../../basis/decision-mode";
import { hasNewCandle } from "../../basis/has-new-candle";
import {
  analyseIndicator,
  analyseIndicatorSeries,
  indicatorReadingsSchema,
  indicatorTrail,
  type IndicatorReadings,
} from "./analyse-indicator";
import { decideIndicator } from "./decide-indicator";
import { describeIndicator } from "./describe-indicator";
import {
  indicatorReads,
  indicatorSettingsSchema,
  type IndicatorReads,
  type IndicatorSettings,
} from "./indicator-settings";
import { INDICATOR_WINDOW } from "./indicator-signals";
import { INDICATOR_WORDS } from "./indicator-words";
import { nearestSetup } from "./nearest-setup";
import { planIndicator } from "./plan-indicator";

/** Two classic setups, each with its own stop: the pullback in a trend, and the breakout from a range. */
export const indicator: DecisionMode<IndicatorSettings, "indicator", IndicatorReads, IndicatorReadings> = {
  name: "indicator",
  title: "Indicator",
  summary: "trades pullbacks and breakouts",
  isControl: false,
  asksModel: false,
  settings: indicatorSettingsSchema,
  readings: indicatorReadingsSchema,
  words: () => INDICATOR_WORDS,
  series: ({ timeframe }) => [{ timeframe, count: INDICATOR_WINDOW }],
  isDue: ({ timeframe }, span) => hasNewCandle(timeframe, span),
  reads: indicatorReads,
  analyse: analyseIndicator,
  analyseSeries: analyseIndicatorSeries,
  decide: decideIndicator,
  trailBy: ({ readings }) => indicatorTrail(readings),
  describe: describeIndicator,
  plans: planIndicator,
  entryScore: ({ entryScoreMin }) => entryScoreMin,
  nearestEntry: ({ entryScoreMin }, hold) => nearestSetup(hold, entryScoreMin),
};
