import { passIf, type RiskRule } from "../risk-rule";

/** Margin and fee are paid in cash that is there. */
export const cashRule: RiskRule = {
  name: "cash",
  description: "Margin and fee must be covered by cash that is there.",
  check: (context) => {
    const measured = context.order.margin.plus(context.order.fee);
    const limit = context.portfolio.cash;
    return { outcome: passIf(measured.lte(limit)), measured: measured.toFixed(), limit: limit.toFixed(), unit: "USDT" };
  },
};
