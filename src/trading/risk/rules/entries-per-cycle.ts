import { passIf, type RiskRule } from "../basis/risk-rule";
import { formatCounted, formatEntries } from "../basis/rule-texts";

/** How many entries one cycle may make, this one included. */
export const entriesPerCycleRule: RiskRule<"entries-per-cycle", "entriesPerCycleMax"> = {
  name: "entries-per-cycle",
  description: "One cycle makes at most so many entries.",
  unit: "count",
  limits: {
    entriesPerCycleMax: {
      least: 1,
      most: 10,
      standard: 2,
      isWhole: true,
      section: "Entries",
      place: 1,
      label: "Entries per cycle",
      text: (most) => `Opens at most ${formatCounted(most, "position")} in one cycle`,
    },
  },
  check: ({ history, limits }) => {
    const measured = history.entriesThisCycle + 1;
    const limit = limits.entriesPerCycleMax;
    return { outcome: passIf(measured <= limit), measured: String(measured), limit: String(limit) };
  },
  words: {
    title: "entries per cycle",
    refused: "the cycle had its entries already",
    reason: (_, { limit }) => `this cycle has made its ${limit}`,
    change: (_, { limit }) => `wait for the next cycle: this one has made its ${limit}`,
    say: formatEntries,
  },
};
