import { formatPercent } from "../../format-percent";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";

/** Distance of bid and ask, a fraction of the price. An unknown spread is refused in live trading. */
export const spreadRule: RiskRule<"spread", "spreadMax"> = {
  name: "spread",
  description: "Bid and ask must lie close together, or entering and leaving cost too much.",
  unit: "fraction",
  limits: {
    spreadMax: {
      least: 0,
      most: 0.1,
      standard: 0.002,
      section: "Entries",
      place: 9,
      label: "Spread",
      text: (most) => `Enters at a spread of at most ${formatPercent(most)}`,
    },
  },
  check: ({ market, limits, isLive }) => {
    const limit = String(limits.spreadMax);
    const spread = market.spreadFraction;
    if (spread === null) return { outcome: isLive ? "fail" : "unknown", measured: null, limit };
    return { outcome: passIf(spread.lte(limits.spreadMax)), measured: spread.toFixed(6), limit };
  },
  words: {
    title: "spread",
    refused: "bid and ask are too far apart",
    reason: beyond("the spread", "at most"),
    change: moves("the spread", "fall"),
  },
};
