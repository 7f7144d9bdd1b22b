import { passIf, type RiskRule } from "../basis/risk-rule";
import { moves } from "../basis/rule-texts";
import { shareOfEquity } from "../basis/share-of-equity";

/** Value of all positions together, long and short added, as a multiple of equity. */
export const grossNotionalRule: RiskRule<"gross-notional", "grossNotionalMax"> = {
  name: "gross-notional",
  description: "All positions together, long and short added, are worth at most this many times equity.",
  unit: "times",
  limits: {
    grossNotionalMax: {
      least: 0.1,
      most: 10,
      standard: 2,
      section: "Size",
      place: 3,
      label: "Exposure",
      text: (most) => `Holds positions worth at most ${most} times its equity`,
    },
  },
  check: ({ order, portfolio, limits }) => {
    const measured = shareOfEquity(portfolio.grossNotional.plus(order.notional), portfolio);
    const limit = limits.grossNotionalMax;
    return {
      outcome: passIf(measured.lte(limit)),
      measured: measured.toDecimalPlaces(12).toFixed(),
      limit: String(limit),
    };
  },
  words: {
    title: "gross notional",
    refused: "its exposure would be too large",
    reason: (_, { measured, limit }) =>
      `all positions would be worth ${measured} the equity, and at most ${limit} is allowed`,
    change: moves("the value of all positions, by equity,", "fall"),
  },
  resizedTo: "the value of all positions",
};
