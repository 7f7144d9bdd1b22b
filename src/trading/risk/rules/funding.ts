import { formatPercent } from "../../format-percent";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";

/** Funding that the side would pay per 8 hours. */
export const fundingRule: RiskRule<"funding", "adverseFundingMax"> = {
  name: "funding",
  description: "The side must not pay more funding than this per 8 hours.",
  unit: "fraction",
  limits: {
    adverseFundingMax: {
      least: 0,
      most: 0.1,
      standard: 0.0005,
      section: "Entries",
      place: 8,
      label: "Funding",
      text: (most) => `Pays at most ${formatPercent(most)} of funding per 8 h to enter`,
    },
  },
  check: ({ market, entry, limits }) => {
    const limit = String(limits.adverseFundingMax);
    const rate = market.fundingRatePer8h;
    if (rate === null) return { outcome: "unknown", measured: null, limit };
    // Longs pay a positive rate, shorts a negative one.
    const paid = entry.side === "long" ? rate : rate.neg();
    return { outcome: passIf(paid.lte(limits.adverseFundingMax)), measured: paid.toFixed(), limit };
  },
  words: {
    title: "funding",
    refused: "funding costs too much on this side",
    reason: beyond("the funding to pay per 8 h", "at most"),
    change: moves("the funding to pay per 8 h", "fall"),
  },
};
