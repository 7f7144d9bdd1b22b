import { passIf, type RiskRule } from "../risk-rule";

/** How many entries a UTC day may see, this one included. */
export const tradesPerDayRule: RiskRule = {
  name: "trades-per-day",
  check: (context) => {
    const measured = context.history.entriesToday + 1;
    const limit = context.limits.tradesPerDayMax;
    return { outcome: passIf(measured <= limit), measured: String(measured), limit: String(limit), unit: "count" };
  },
};
