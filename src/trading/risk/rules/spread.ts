import { passIf, type RiskRule } from "../risk-rule";

/** Distance of bid and ask; unknown is refused where money is real. */
export const spreadRule: RiskRule = {
  name: "spread",
  description: "Bid and ask must lie close together, or entering and leaving cost too much.",
  check: ({ market, limits, isLive }) => {
    const limit = String(limits.spreadMax);
    const spread = market.spreadFraction;
    if (spread === null) return { outcome: isLive ? "fail" : "unknown", measured: null, limit, unit: "fraction" };
    return { outcome: passIf(spread.lte(limits.spreadMax)), measured: spread.toFixed(6), limit, unit: "fraction" };
  },
};
