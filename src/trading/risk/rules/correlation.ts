import { passIf, type RiskRule } from "../risk-rule";

/** A position that moves with an open one of the same side is the same bet twice. */
export const correlationRule: RiskRule = {
  name: "correlation",
  description: "An entry that moves like an open position of the same side would be the same bet twice.",
  check: ({ correlations, limits }) => {
    const known = correlations.map(({ value }) => value).filter((value) => value !== null);
    const highest = known.length === 0 ? null : Math.max(...known);
    const isUnknown = known.length < correlations.length;
    const isMet = highest === null || highest < limits.correlationMax;
    return {
      outcome: isMet && isUnknown ? "unknown" : passIf(isMet),
      measured: highest === null ? null : highest.toFixed(4),
      limit: String(limits.correlationMax),
      unit: "ratio",
    };
  },
};
