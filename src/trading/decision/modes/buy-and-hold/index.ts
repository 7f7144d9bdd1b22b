import { formatPercent } from "../../../format-percent";
import type { DecisionMode } from "../../basis/decision-mode";
import { hasNewCandle } from "../../basis/has-new-candle";
import { buyAndHoldSettingsSchema, type BuyAndHoldSettings } from "./buy-and-hold-settings";
import { BUY_AND_HOLD_WINDOW, decideBuyAndHold } from "./decide-buy-and-hold";

/** The control that other bots are measured against: it reads no conditions and has no score. */
export const buyAndHold: DecisionMode<BuyAndHoldSettings, "buy-and-hold"> = {
  name: "buy-and-hold",
  title: "Buy and hold",
  summary: "buys each pair and keeps it",
  isControl: true,
  settings: buyAndHoldSettingsSchema,
  words: { note: null, conditions: {}, categories: {} },
  series: ({ timeframe }) => [{ timeframe, count: BUY_AND_HOLD_WINDOW }],
  isDue: ({ timeframe }, span) => hasNewCandle(timeframe, span),
  decide: ({ series, position, ...question }) =>
    decideBuyAndHold({ ...question, candles: series[0] ?? [], isOpen: position !== null }),
  describe: ({ timeframe, investedFraction }) => [
    { label: "Candles", text: `Buys on closed ${timeframe} candles` },
    { label: "Invested", text: `Invests ${formatPercent(investedFraction)} of equity, in equal shares` },
    { label: "Stop", text: "Has no stop and no target: it buys once and holds, so everything can be lost" },
    { label: "Control", text: "As the control it is exempt from the rules about stops and losses" },
  ],
  entryScore: () => null,
  nearestEntry: () => null,
};
