import { decimal, maxOf } from "../../money";
import { passIf, type RiskRule } from "../risk-rule";

/** An order below this value is not worth its fees, or the market refuses it. */
export const orderValueRule: RiskRule = {
  name: "order-value",
  description: "The order must be worth enough to be accepted and to justify its fees.",
  check: (context) => {
    const measured = context.order.notional;
    const limit = maxOf(decimal(context.limits.orderValueMin), decimal(context.market.rules.notionalMin ?? 0));
    return { outcome: passIf(measured.gte(limit)), measured: measured.toFixed(), limit: limit.toFixed(), unit: "USDT" };
  },
};
