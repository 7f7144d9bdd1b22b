import { passIf, type RiskRule } from "../risk-rule";

/** One open position per pair: pyramiding is off. */
export const pairIsFreeRule: RiskRule = {
  name: "pair-is-free",
  description: "A pair has at most one open position.",
  check: (context) => {
    const measured = context.portfolio.positions.filter(
      (position) => position.pair === context.entry.decision.pair,
    ).length;
    const limit = 0;
    return { outcome: passIf(measured === limit), measured: String(measured), limit: String(limit), unit: "count" };
  },
};
