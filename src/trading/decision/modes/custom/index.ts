import type { DecisionMode } from "../../basis/decision-mode";
import { hasNewCandle } from "../../basis/has-new-candle";
import { analyseCustom } from "./analyse-custom";
import { customReadingsSchema, customTrail, type CustomReadings } from "./custom-readings";
import { customReads, type CustomReads } from "./custom-reads";
import { customSettingsSchema, type CustomSettings } from "./custom-settings";
import { customWords } from "./custom-words";
import { decideCustom } from "./decide-custom";
import { describeCustom } from "./describe-custom";
import { nearestCustomEntry } from "./nearest-custom-entry";
import { planCustom } from "./plan-custom";
import { costFaults } from "./rule-cost";
import { windowsOf } from "./rule-windows";

/** The trader's own rules, as typed data over the indicators of the catalogue. */
export const custom: DecisionMode<CustomSettings, "custom", CustomReads, CustomReadings> = {
  name: "custom",
  title: "Custom rules",
  summary: "trades by your own conditions",
  isControl: false,
  asksModel: false,
  settings: customSettingsSchema,
  newFaults: costFaults,
  readings: customReadingsSchema,
  words: customWords,
  series: (reads) => [
    { timeframe: reads.timeframe, count: windowsOf(reads).decision },
    ...(reads.secondTimeframe === null ? [] : [{ timeframe: reads.secondTimeframe, count: windowsOf(reads).second }]),
  ],
  isDue: ({ timeframe }, span) => hasNewCandle(timeframe, span),
  reads: customReads,
  analyse: analyseCustom,
  decide: decideCustom,
  trailBy: ({ readings }) => customTrail(readings),
  describe: describeCustom,
  plans: planCustom,
  entryScore: ({ long, short }) => {
    const least = [...long.setups, ...short.setups].map(({ scoreMin }) => scoreMin);
    return least.length === 0 ? null : Math.min(...least);
  },
  nearestEntry: nearestCustomEntry,
};
