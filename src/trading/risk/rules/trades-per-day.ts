import { passIf, type RiskRule } from "../basis/risk-rule";
import { formatCounted, formatEntries } from "../basis/rule-texts";

/** How many entries a UTC day may have, this one included. */
export const tradesPerDayRule: RiskRule<"trades-per-day", "tradesPerDayMax"> = {
  name: "trades-per-day",
  description: "A UTC day sees at most so many entries.",
  unit: "count",
  limits: {
    tradesPerDayMax: {
      least: 1,
      most: 200,
      standard: 10,
      isWhole: true,
      section: "Entries",
      place: 2,
      label: "Trades per day",
      text: (most) => `Enters at most ${formatCounted(most, "time")} in a UTC day`,
    },
  },
  check: ({ history, limits }) => {
    const measured = history.entriesToday + 1;
    const limit = limits.tradesPerDayMax;
    return { outcome: passIf(measured <= limit), measured: String(measured), limit: String(limit) };
  },
  words: {
    title: "trades per day",
    refused: "it has traded often enough today",
    reason: (_, { limit }) => `this UTC day has had its ${limit}`,
    change: (_, { limit }) => `wait for the next UTC day: this one has had its ${limit}`,
    say: formatEntries,
  },
};
