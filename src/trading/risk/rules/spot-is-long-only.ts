import { passIf, type RiskRule } from "../basis/risk-rule";

/** Spot cannot be sold short. */
export const spotIsLongOnlyRule: RiskRule<"spot-is-long-only"> = {
  name: "spot-is-long-only",
  description: "Spot holdings cannot be sold short.",
  unit: "state",
  limits: {},
  check: ({ entry, market }) => {
    const measured = entry.side;
    const limit = market.rules.marketType === "spot" ? "long" : "long or short";
    return { outcome: passIf(limit.includes(measured)), measured, limit };
  },
  words: {
    title: "no shorts on spot",
    refused: "spot cannot be sold short",
    reason: () => "spot cannot be sold short",
    change: () => "the market would have to be a swap, or the side long",
  },
};
