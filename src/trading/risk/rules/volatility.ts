import { decimal } from "../../money";
import { formatShare } from "../../format-number";
import { formatPercent } from "../../format-percent";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { isNumber, UNKNOWN } from "../basis/unit-texts";

const WHAT = "the average range of a candle";

/** The bounds as they are stored: "0.002 to 0.05"; 0 is no bound. */
const boundsOf = (limit: string): readonly [string, string] => {
  const [least = "", most = ""] = limit.split(" to ");
  return [isNumber(least) ? least : "0", isNumber(most) ? most : "0"];
};

const describeBounds = (limit: string, say: (value: string) => string): string => {
  const [least, most] = boundsOf(limit);
  if (decimal(most).isZero()) return `at least ${say(least)}`;
  return decimal(least).isZero() ? `at most ${say(most)}` : `${say(least)} to ${say(most)}`;
};

/** Too quiet a market does not pay the costs, and too wild a one runs over every stop. */
export const volatilityRule: RiskRule<"volatility", "volatilityMin" | "volatilityMax"> = {
  name: "volatility",
  description: "The market must move enough to pay the costs, and not so much that no stop holds.",
  unit: "fraction",
  limits: {
    volatilityMin: {
      least: 0,
      most: 1,
      standard: 0,
      section: "Entries",
      place: 11,
      label: "Quietest market",
      text: (least) =>
        least === 0
          ? "Enters however quiet the market is"
          : `Enters only where a decision candle's range is ${formatPercent(least)} of the price or more on average`,
    },
    volatilityMax: {
      least: 0,
      most: 1,
      standard: 0,
      section: "Entries",
      place: 12,
      label: "Wildest market",
      text: (most) =>
        most === 0
          ? "Enters however wild the market is"
          : `Enters only where a decision candle's range is ${formatPercent(most)} of the price or less on average`,
    },
  },
  off: {
    when: ({ volatilityMin, volatilityMax }) => volatilityMin === 0 && volatilityMax === 0,
    label: "Volatility",
    text: "Off: enters however quiet or wild the market is",
  },
  check: ({ conditions, limits }) => {
    const { volatilityMin: least, volatilityMax: most } = limits;
    const limit = `${least} to ${most}`;
    const { rangeFraction: range } = conditions;
    if (range === null) return { outcome: "unknown", measured: null, limit };
    return {
      outcome: passIf(range >= least && (most === 0 || range <= most)),
      measured: decimal(range).toFixed(6),
      limit,
    };
  },
  words: {
    title: "volatility",
    refused: "the market is too quiet or too wild",
    reason: (check, { measured, limit }) =>
      `${WHAT} is ${check.measured === null ? "not known" : `${measured} of the price`}, and ${limit} is asked for`,
    change: ({ measured, limit }) => {
      if (measured === null) return `${WHAT} would have to be known`;
      const [least, most] = boundsOf(limit);
      const [moves, bound] = decimal(measured).lt(least) ? ["rise", least] : ["fall", most];
      return `${WHAT} would have to ${moves} from ${formatShare(measured)} of the price to ${formatShare(bound)}`;
    },
    texts: ({ measured, limit }) => ({
      measured: measured === null ? UNKNOWN : formatShare(measured),
      limit: describeBounds(limit, formatShare),
    }),
    limitExactly: describeBounds,
  },
};
