import { passIf, type RiskRule } from "../risk-rule";

/** Entries need a bot that may trade: reducing closes only, halted does nothing. */
export const tradingStateRule: RiskRule = {
  name: "trading-state",
  description: "A bot enters only while it is active: reducing it only closes, halted it does nothing.",
  check: (context) => {
    const measured = context.tradingState;
    const limit = "active";
    return { outcome: passIf(measured === limit), measured: measured, limit: limit, unit: "state" };
  },
};
