import { shareOfEquity } from "../share-of-equity";
import { passIf, type RiskRule } from "../risk-rule";

/** Margin of all positions together as a share of equity. */
export const totalMarginRule: RiskRule = {
  name: "total-margin",
  description: "All positions together bind at most this share of equity.",
  check: (context) => {
    const measured = shareOfEquity(context.portfolio.margin.plus(context.order.margin), context);
    const limit = context.limits.totalMarginMax;
    return {
      outcome: passIf(measured.lte(limit)),
      measured: measured.toDecimalPlaces(12).toFixed(),
      limit: String(limit),
      unit: "fraction",
    };
  },
};
