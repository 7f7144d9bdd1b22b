import { formatPercent } from "../../format-percent";
import type { SettingLine } from "../../setting-line";
import type { Sizing } from "./sizing-settings";

const textOf = (sizing: Sizing): string => {
  switch (sizing.method) {
    case "mode":
      return "Takes the size that its mode asks for, times 0.5 to 1.2 by the score";
    case "fixed-share":
      return `Binds ${formatPercent(sizing.share)} of equity as margin in each position`;
    case "score-scaled":
      return `Binds ${formatPercent(sizing.share)} of equity as margin, times 0.5 to 1.2 by the score`;
    case "tiers": {
      const tiers = sizing.tiers.toSorted((one, other) => other.scoreMin - one.scoreMin);
      const each = tiers.map(({ scoreMin, share }) => `${formatPercent(share)} from ${scoreMin}`);
      return `Binds a share of equity as margin by the score: ${each.join(", ")}`;
    }
    case "risk-per-trade": {
      const { riskShare, rangesMin } = sizing;
      const least = rangesMin === 0 ? "" : `; a stop nearer than ${rangesMin} average ranges counts as that far`;
      return `Risks ${formatPercent(riskShare)} of equity before fees if the stop fills${least}`;
    }
    case "volatility-target":
      return `Sizes each position so that it alone moves equity by ${formatPercent(sizing.yearlyVolatility)} a year`;
    case "kelly": {
      const { kellyPart, baseShare } = sizing;
      return `Takes ${formatPercent(kellyPart)} of the Kelly share of its last 90 days' trades, 2 % to 25 % of equity as value; ${formatPercent(baseShare)} before it has 20`;
    }
  }
};

/** How a bot finds the size of its entries, in words. */
export const describeSizing = (sizing: Sizing): SettingLine => ({ label: "Sizing", text: textOf(sizing) });
