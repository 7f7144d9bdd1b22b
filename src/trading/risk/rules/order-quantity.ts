import { decimal, maxOf } from "../../money";
import { passIf, type RiskRule } from "../risk-rule";

/** The least quantity the market accepts, base units. */
export const orderQuantityRule: RiskRule = {
  name: "order-quantity",
  description: "The order must be at least as large as the market accepts.",
  check: (context) => {
    const measured = context.order.quantity;
    const limit = maxOf(decimal(context.market.rules.quantityMin), decimal(context.market.rules.lot));
    return {
      outcome: passIf(measured.gte(limit)),
      measured: measured.toFixed(),
      limit: limit.toFixed(),
      unit: "count",
    };
  },
};
