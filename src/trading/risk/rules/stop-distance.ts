import { decimal } from "../../money";
import { formatShare } from "../../format-number";
import { formatPercent } from "../../format-percent";
import { protectionOf } from "../basis/outcomes";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { isNumber, UNKNOWN } from "../basis/unit-texts";

/** The bounds as they are stored: "0.005 to 0.25". */
const boundsOf = (limit: string): readonly [string, string] => {
  const [least = "", most = ""] = limit.split(" to ");
  return [isNumber(least) ? least : "0", isNumber(most) ? most : "0"];
};

/** A stop that is too near is hit by noise, and one that is too far does not protect. */
export const stopDistanceRule: RiskRule<"stop-distance", "stopDistanceMin" | "stopDistanceMax"> = {
  name: "stop-distance",
  description: "The stop must be far enough away to outlast noise, and near enough to protect.",
  unit: "fraction",
  limits: {
    stopDistanceMin: {
      least: 0.001,
      most: 0.25,
      standard: 0.005,
      section: "Entries",
      place: 3,
      label: "Nearest stop",
      text: (least) => `Wants its stop at least ${formatPercent(least)} away from the entry`,
    },
    stopDistanceMax: {
      least: 0.001,
      most: 0.25,
      standard: 0.25,
      section: "Entries",
      place: 4,
      label: "Farthest stop",
      text: (most) => `Wants its stop at most ${formatPercent(most)} away from the entry`,
    },
  },
  exemptsControl: true,
  check: ({ entry, order, limits }) => {
    const distance = order.price.minus(protectionOf(entry).stopLoss).abs().div(order.price);
    return {
      outcome: passIf(distance.gte(limits.stopDistanceMin) && distance.lte(limits.stopDistanceMax)),
      measured: distance.toFixed(6),
      limit: `${limits.stopDistanceMin} to ${limits.stopDistanceMax}`,
    };
  },
  words: {
    title: "stop distance",
    refused: "its stop is too near or too far",
    reason: ({ measured, limit }) => {
      if (measured === null) return "the distance of its stop is not known";
      const [least, most] = boundsOf(limit);
      const [than, bound] = decimal(measured).lt(least) ? ["nearer", least] : ["farther", most];
      return `its stop is ${formatShare(measured)} from the entry, ${than} than ${formatShare(bound)}`;
    },
    change: ({ measured, limit }) => {
      if (measured === null) return "the entry would need a stop";
      const [least, most] = boundsOf(limit);
      const [where, bound] = decimal(measured).lt(least)
        ? ["farther away", `${formatShare(least)} at least`]
        : ["nearer", `${formatShare(most)} at most`];
      return `the stop would have to be ${where}: it is ${formatShare(measured)} from the entry, and has to be ${bound}`;
    },
    texts: ({ measured, limit }) => ({
      measured: measured === null ? UNKNOWN : formatShare(measured),
      limit: boundsOf(limit).map(formatShare).join(" to "),
    }),
    limitExactly: (limit, say) => boundsOf(limit).map(say).join(" to "),
  },
};
