import { passIf, type RiskRule } from "../risk-rule";

/** How many positions may be open, this one included. */
export const openPositionsRule: RiskRule = {
  name: "open-positions",
  description: "At most so many positions are open at once.",
  check: (context) => {
    const measured = context.portfolio.positions.length + 1;
    const limit = context.limits.openPositionsMax;
    return { outcome: passIf(measured <= limit), measured: String(measured), limit: String(limit), unit: "count" };
  },
};
