import { formatPercent } from "../../format-percent";
import { profitAtTarget } from "../basis/outcomes";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";

/** The profit at the target must be worth the trade, after fees. */
export const netProfitRule: RiskRule<"net-profit", "netProfitMin"> = {
  name: "net-profit",
  description: "The target must win something worth the trouble after fees, measured by equity.",
  unit: "USDT",
  limits: {
    netProfitMin: {
      least: 0,
      most: 0.1,
      standard: 0.0005,
      section: "Entries",
      place: 6,
      label: "Profit at target",
      text: (least) => `Enters only where the target pays at least ${formatPercent(least)} of equity after fees`,
    },
  },
  exemptsControl: true,
  check: ({ entry, order, limits, portfolio }) => {
    const least = portfolio.equity.times(limits.netProfitMin);
    const profit = profitAtTarget(entry, order);
    return { outcome: passIf(profit.gte(least)), measured: profit.toFixed(), limit: least.toFixed() };
  },
  words: {
    title: "net profit",
    refused: "the target pays too little after fees",
    reason: beyond("the net profit at the target", "at least"),
    change: moves("the net profit at the target", "rise"),
  },
};
