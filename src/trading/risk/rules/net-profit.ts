import { profitAtTarget } from "../outcomes";
import { passIf, type RiskRule } from "../risk-rule";

/** The target must win something worth the trouble, after fees. */
export const netProfitRule: RiskRule = {
  name: "net-profit",
  description: "The target must win something worth the trouble after fees, measured by equity.",
  exemptsControl: true,
  check: ({ entry, order, limits, portfolio }) => {
    const least = portfolio.equity.times(limits.netProfitMin);
    const profit = profitAtTarget(entry, order);
    return { outcome: passIf(profit.gte(least)), measured: profit.toFixed(), limit: least.toFixed(), unit: "USDT" };
  },
};
