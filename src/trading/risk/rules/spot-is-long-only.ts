import { passIf, type RiskRule } from "../risk-rule";

/** Spot cannot be sold short. */
export const spotIsLongOnlyRule: RiskRule = {
  name: "spot-is-long-only",
  description: "Spot holdings cannot be sold short.",
  check: (context) => {
    const measured = context.entry.side;
    const limit = context.market.rules.marketType === "spot" ? "long" : "long or short";
    return { outcome: passIf(limit.includes(measured)), measured: measured, limit: limit, unit: "state" };
  },
};
