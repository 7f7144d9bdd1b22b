import { passIf, type RiskRule } from "../risk-rule";

/** How many entries one cycle may make, this one included. */
export const entriesPerCycleRule: RiskRule = {
  name: "entries-per-cycle",
  description: "One cycle makes at most so many entries.",
  check: (context) => {
    const measured = context.history.entriesThisCycle + 1;
    const limit = context.limits.entriesPerCycleMax;
    return { outcome: passIf(measured <= limit), measured: String(measured), limit: String(limit), unit: "count" };
  },
};
