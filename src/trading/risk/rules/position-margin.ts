import { formatPercent } from "../../format-percent";
import { marginWithLegs } from "../../portfolio/reserved";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";
import { shareOfEquity } from "../basis/share-of-equity";

/** Margin of one position as a share of equity, the hard cap. */
export const positionMarginRule: RiskRule<"position-margin", "positionMarginMax"> = {
  name: "position-margin",
  description: "One position, with what is added to it, binds at most this share of equity.",
  unit: "fraction",
  limits: {
    positionMarginMax: {
      least: 0.01,
      most: 1,
      standard: 0.25,
      section: "Size",
      place: 1,
      label: "Position size",
      text: (most) => `Binds at most ${formatPercent(most)} of equity as margin in one position`,
    },
  },
  check: ({ entry: { addsTo }, order, portfolio, limits }) => {
    const measured = shareOfEquity(order.margin.plus(addsTo ? marginWithLegs(addsTo) : 0), portfolio);
    const limit = limits.positionMarginMax;
    return {
      outcome: passIf(measured.lte(limit)),
      measured: measured.toDecimalPlaces(12).toFixed(),
      limit: String(limit),
    };
  },
  words: {
    title: "position margin",
    refused: "the position would be too large",
    reason: beyond("the margin of the position", "at most"),
    change: moves("the margin of the position", "fall"),
  },
  resizedTo: "the margin of one position",
};
