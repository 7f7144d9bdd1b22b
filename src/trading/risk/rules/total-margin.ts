import { formatPercent } from "../../format-percent";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";
import { shareOfEquity } from "../basis/share-of-equity";

/** Margin of all positions together as a share of equity. */
export const totalMarginRule: RiskRule<"total-margin", "totalMarginMax"> = {
  name: "total-margin",
  description: "All positions together bind at most this share of equity.",
  unit: "fraction",
  limits: {
    totalMarginMax: {
      least: 0.05,
      most: 1,
      standard: 0.85,
      section: "Size",
      place: 2,
      label: "Total margin",
      text: (most) => `Binds at most ${formatPercent(most)} of equity as margin in all positions`,
    },
  },
  check: ({ order, portfolio, limits }) => {
    const measured = shareOfEquity(portfolio.margin.plus(order.margin), portfolio);
    const limit = limits.totalMarginMax;
    return {
      outcome: passIf(measured.lte(limit)),
      measured: measured.toDecimalPlaces(12).toFixed(),
      limit: String(limit),
    };
  },
  words: {
    title: "total margin",
    refused: "too much margin would be bound",
    reason: beyond("the margin of all positions", "at most"),
    change: moves("the margin of all positions", "fall"),
  },
  resizedTo: "the margin of all positions",
};
