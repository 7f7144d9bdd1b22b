import { passIf, type RiskRule } from "../risk-rule";

/** How many entries a UTC day may see, this one included. */
export const tradesPerDayRule: RiskRule = {
  name: "trades-per-day",
  description: "A UTC day sees at most so many entries.",
  check: (context) => {
    const measured = context.history.entriesToday + 1;
    const limit = context.limits.tradesPerDayMax;
    return { outcome: passIf(measured <= limit), measured: String(measured), limit: String(limit), unit: "count" };
  },
};
