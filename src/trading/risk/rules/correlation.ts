import { formatShort } from "../../format-number";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";
import { exactly } from "../basis/unit-texts";

/** A position that moves like an open one of the same side is the same bet twice. */
export const correlationRule: RiskRule<"correlation", "correlationMax"> = {
  name: "correlation",
  description: "An entry that moves like an open position of the same side would be the same bet twice.",
  unit: "ratio",
  limits: {
    correlationMax: {
      least: 0,
      most: 1,
      standard: 0.8,
      section: "Entries",
      place: 7,
      label: "Correlation",
      text: (most) => `Opens no pair that moves with an open one of its side by a correlation above ${most} of 1`,
    },
  },
  check: ({ correlations, limits }) => {
    const known = correlations.map(({ value }) => value).filter((value) => value !== null);
    const highest = known.length === 0 ? null : Math.max(...known);
    const isUnknown = known.length < correlations.length;
    const isMet = highest === null || highest < limits.correlationMax;
    return {
      outcome: isMet && isUnknown ? "unknown" : passIf(isMet),
      measured: highest === null ? null : highest.toFixed(4),
      limit: String(limits.correlationMax),
    };
  },
  words: {
    title: "correlation",
    refused: "it moves too much like an open position",
    reason: beyond("the correlation with an open position", "less than"),
    change: moves("the correlation with an open position", "fall", true),
    say: (value) => `${formatShort(value)} of 1`,
    sayExactly: exactly("of 1"),
  },
};
