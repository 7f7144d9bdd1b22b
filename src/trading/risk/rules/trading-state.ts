import { passIf, type RiskRule } from "../risk-rule";

/** Entries need a bot that may trade: reducing closes only, halted does nothing. */
export const tradingStateRule: RiskRule = {
  name: "trading-state",
  check: (context) => {
    const measured = context.tradingState;
    const limit = "active";
    return { outcome: passIf(measured === limit), measured: measured, limit: limit, unit: "state" };
  },
};
