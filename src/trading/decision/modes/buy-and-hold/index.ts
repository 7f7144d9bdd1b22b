import { formatPercent } from "../../../format-percent";
import type { DecisionMode } from "../../basis/decision-mode";
import { hasNewCandle } from "../../basis/has-new-candle";
import {
  analyseBuyAndHold,
  BUY_AND_HOLD_WINDOW,
  buyAndHoldReadingsSchema,
  type BuyAndHoldReadings,
  type BuyAndHoldReads,
} from "./analyse-buy-and-hold";
import { buyAndHoldSettingsSchema, type BuyAndHoldSettings } from "./buy-and-hold-settings";
import { decideBuyAndHold, shareOfOne } from "./decide-buy-and-hold";

/** The control that the others are measured against: it reads no condition and scores nothing. */
export const buyAndHold: DecisionMode<BuyAndHoldSettings, "buy-and-hold", BuyAndHoldReads, BuyAndHoldReadings> = {
  name: "buy-and-hold",
  title: "Buy and hold",
  summary: "buys each pair and keeps it",
  isControl: true,
  asksModel: false,
  settings: buyAndHoldSettingsSchema,
  readings: buyAndHoldReadingsSchema,
  words: () => ({ note: null, conditions: {}, categories: {} }),
  series: ({ timeframe }) => [{ timeframe, count: BUY_AND_HOLD_WINDOW }],
  isDue: ({ timeframe }, span) => hasNewCandle(timeframe, span),
  reads: ({ timeframe }) => ({ timeframe }),
  analyse: analyseBuyAndHold,
  decide: decideBuyAndHold,
  trailBy: () => null,
  describe: ({ timeframe, investedFraction }) => [
    { label: "Candles", text: `Buys on closed ${timeframe} candles` },
    { label: "Invested", text: `Invests ${formatPercent(investedFraction)} of equity, in equal shares` },
    { label: "Stop", text: "Has no stop and no target: it buys once and holds, so everything can be lost" },
    { label: "Control", text: "As the control it is exempt from the rules about stops and losses" },
  ],
  plans: ({ investedFraction }, pairs) => {
    const share = { score: 1, sizeFraction: shareOfOne(investedFraction, pairs) };
    return [{ name: "Entry", sides: ["long"], least: share, most: share, leverage: 1, stop: "none", target: "none" }];
  },
  entryScore: () => null,
  nearestEntry: () => null,
};
