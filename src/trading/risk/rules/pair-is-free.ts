import { passIf, type RiskRule } from "../basis/risk-rule";
import { formatPositions, waits } from "../basis/rule-texts";

/** One open position per pair: pyramiding is off. */
export const pairIsFreeRule: RiskRule<"pair-is-free"> = {
  name: "pair-is-free",
  description: "A pair has at most one open position.",
  unit: "count",
  limits: {},
  check: ({ portfolio, entry }) => {
    const measured = portfolio.positions.filter((position) => position.pair === entry.decision.pair).length;
    const limit = 0;
    return { outcome: passIf(measured === limit), measured: String(measured), limit: String(limit) };
  },
  words: {
    title: "pair held already",
    refused: "the pair has an open position already",
    reason: () => "this pair has an open position",
    change: waits("until the open position in this pair is closed"),
    texts: ({ measured }) => ({
      measured: measured === "0" ? "no position" : formatPositions(measured ?? 0),
      limit: "no position before",
    }),
  },
};
