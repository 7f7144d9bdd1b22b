import { passIf, type RiskRule } from "../risk-rule";

/** Funding that the side would pay per 8 hours. */
export const fundingRule: RiskRule = {
  name: "funding",
  description: "The side must not pay more funding than this per 8 hours.",
  check: ({ market, entry, limits }) => {
    const limit = String(limits.adverseFundingMax);
    const rate = market.fundingRatePer8h;
    if (rate === null) return { outcome: "unknown", measured: null, limit, unit: "fraction" };
    // Longs pay a positive rate, shorts a negative one.
    const paid = entry.side === "long" ? rate : rate.neg();
    return { outcome: passIf(paid.lte(limits.adverseFundingMax)), measured: paid.toFixed(), limit, unit: "fraction" };
  },
};
