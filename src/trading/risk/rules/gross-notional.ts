import { shareOfEquity } from "../share-of-equity";
import { passIf, type RiskRule } from "../risk-rule";

/** Value of all positions together, long and short added, as a multiple of equity. */
export const grossNotionalRule: RiskRule = {
  name: "gross-notional",
  description: "All positions together, long and short added, are worth at most this many times equity.",
  check: (context) => {
    const measured = shareOfEquity(context.portfolio.grossNotional.plus(context.order.notional), context);
    const limit = context.limits.grossNotionalMax;
    return {
      outcome: passIf(measured.lte(limit)),
      measured: measured.toDecimalPlaces(12).toFixed(),
      limit: String(limit),
      unit: "times",
    };
  },
};
