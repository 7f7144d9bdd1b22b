import { formatPercent } from "../../../format-percent";
import { isProviderId, PROVIDERS } from "../../../model/model-provider";
import type { SettingLine } from "../../../setting-line";
import { CITED_TOLERANCE } from "../../asking/check-citations";
import { modelNameOf, type LlmSettings } from "../../asking/llm-settings";

const candlesText = ({ timeframe, everyCandles }: LlmSettings): string =>
  everyCandles === 1 ? `each closed ${timeframe} candle` : `every ${everyCandles} closed ${timeframe} candles`;

const modelText = (settings: LlmSettings): string => {
  const { provider, id } = modelNameOf(settings);
  return `Asks ${id} of ${isProviderId(provider) ? PROVIDERS[provider].title : provider}`;
};

/** Each of the mode's settings as a line that a trader reads. */
export const describeLlm = (settings: LlmSettings): SettingLine[] => [
  { label: "Model", text: modelText(settings) },
  { label: "Budget", text: `Lets its model cost at most ${settings.budgetPerDay} USD a day (UTC)` },
  ...(settings.acceleratedConsent
    ? [{ label: "Fast markets", text: "May ask a paid model as often as a market's fast clock makes it" }]
    : []),
  { label: "Candles", text: `Asks once for all its pairs at ${candlesText(settings)}` },
  {
    label: "Context",
    text:
      settings.contextTimeframe === settings.timeframe
        ? "Shows the model no other candles"
        : `Also shows the model ${settings.contextTimeframe} candles`,
  },
  { label: "Strategy", text: settings.strategy.trim() === "" ? "Tells the model no strategy" : settings.strategy },
  { label: "Sides", text: settings.sides === "both" ? "Trades long and short" : "Trades long only" },
  { label: "Confidence", text: `Enters from a confidence of ${settings.confidenceMin} of 1` },
  {
    label: "Reward",
    text: `Enters where the target gains at least ${settings.rewardRiskMin} times what the stop loses`,
  },
  {
    label: "Evidence",
    text: `Trades only on at least ${settings.citationsMin} cited numbers of the pair, each within ${formatPercent(CITED_TOLERANCE)} of what was shown`,
  },
  { label: "Size", text: `Asks for ${formatPercent(settings.sizeFraction)} of equity as margin` },
  { label: "Leverage", text: settings.leverage === 1 ? "Uses no leverage" : `Asks for ${settings.leverage}x leverage` },
];
