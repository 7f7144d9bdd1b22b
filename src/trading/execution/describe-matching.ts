import { formatPercent } from "../format-percent";
import type { SettingLine } from "../setting-line";
import type { Matching, SecondMatching } from "./matching";

const TRIGGERS: Readonly<Record<SecondMatching["triggerBy"], string>> = {
  last: "Highs and lows of the last price trigger stops and targets",
  mark: "Only opens and closes trigger stops and targets, as a smoothed mark price does",
};

const describeFunding = (rate: number): string => {
  const paid = `every 8 hours at the venue's recorded rate, and where there is none at ${formatPercent(Math.abs(rate))}`;
  return rate < 0 ? `Swaps pay funding ${paid}, to longs` : `Swaps pay funding ${paid}, from longs`;
};

/** How the orders of a paper bot are filled, as lines that a trader reads. */
export const describeMatching = (matching: Matching): SettingLine[] => {
  if (matching.version === 1) {
    return [{ label: "Fills", text: "Matching version 1: spread, impact and taker fee; no funding" }];
  }
  const { halfSpreadRate, impactRate, calmRange, volumeShareMax, triggerBy, fundingRatePer8h } = matching;
  return [
    {
      label: "Fills",
      text: `Matching version 2: half a spread of ${formatPercent(halfSpreadRate)} at least, and an impact of ${formatPercent(impactRate)} for an order as large as its candle`,
    },
    {
      label: "Liquidity",
      text: `An entry takes at most ${formatPercent(volumeShareMax)} of a candle's volume, less where that ranges beyond ${formatPercent(calmRange)}`,
    },
    { label: "Triggers", text: TRIGGERS[triggerBy] },
    { label: "Funding", text: describeFunding(fundingRatePer8h) },
    { label: "Liquidation", text: "Isolated margin with tiers: larger positions keep more, and the fee is kept too" },
  ];
};
