import { passIf, type RiskRule } from "../basis/risk-rule";
import { formatCounted, formatPositions } from "../basis/rule-texts";

/** How many positions may be open, this one included. */
export const openPositionsRule: RiskRule<"open-positions", "openPositionsMax"> = {
  name: "open-positions",
  description: "At most so many positions are open at once.",
  unit: "count",
  limits: {
    openPositionsMax: {
      least: 1,
      most: 50,
      standard: 5,
      isWhole: true,
      section: "Size",
      place: 4,
      label: "Open positions",
      text: (most) => `Holds at most ${formatCounted(most, "position")} at once`,
    },
  },
  check: ({ portfolio, entry, limits }) => {
    // An entry into a held pair opens none; whether it may be made is for another rule.
    const isHeld = portfolio.positions.some(({ pair }) => pair === entry.decision.pair);
    const measured = portfolio.positions.length + (isHeld ? 0 : 1);
    const limit = limits.openPositionsMax;
    return { outcome: passIf(measured <= limit), measured: String(measured), limit: String(limit) };
  },
  words: {
    title: "open positions",
    refused: "it holds enough positions",
    reason: (_, { limit }) => `the bot holds ${limit}, as many as it may`,
    change: (_, { limit }) => `wait until one of its ${limit} is closed`,
    say: formatPositions,
  },
};
