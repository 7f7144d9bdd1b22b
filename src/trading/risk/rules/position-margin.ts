import { shareOfEquity } from "../share-of-equity";
import { passIf, type RiskRule } from "../risk-rule";

/** Margin of one position as a share of equity, the hard cap. */
export const positionMarginRule: RiskRule = {
  name: "position-margin",
  description: "One position binds at most this share of equity.",
  check: (context) => {
    const measured = shareOfEquity(context.order.margin, context);
    const limit = context.limits.positionMarginMax;
    return {
      outcome: passIf(measured.lte(limit)),
      measured: measured.toDecimalPlaces(12).toFixed(),
      limit: String(limit),
      unit: "fraction",
    };
  },
};
