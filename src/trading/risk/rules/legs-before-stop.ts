import { formatUsdtPrice } from "../../format-number";
import { decimal, maxOf, minOf } from "../../money";
import { protectionOf } from "../basis/outcomes";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { pricesIn } from "../basis/rule-texts";
import { UNKNOWN } from "../basis/unit-texts";

/** Every leg of an entry must be reached before its stop: one beyond it would never be entered. */
export const legsBeforeStopRule: RiskRule<"legs-before-stop"> = {
  name: "legs-before-stop",
  description: "Every leg of an entry must lie between the entry and its stop.",
  unit: "price",
  limits: {},
  exemptsControl: true,
  asks: ({ order }) => order.legs.length > 0,
  check: ({ entry, order }) => {
    const { stopLoss } = protectionOf(entry);
    const [first = order.price, ...more] = order.legs.map(({ price }) => decimal(price));
    const farthest = entry.side === "long" ? minOf(first, ...more) : maxOf(first, ...more);
    const isBefore = entry.side === "long" ? farthest.gt(stopLoss) : farthest.lt(stopLoss);
    return {
      outcome: passIf(isBefore),
      measured: farthest.toFixed(),
      limit: `before the stop at ${stopLoss.toFixed()}`,
    };
  },
  words: {
    title: "legs before the stop",
    refused: "a leg of it lies beyond its stop",
    reason: ({ limit }, { measured }) =>
      `its farthest leg at ${measured} would be reached only beyond its stop${pricesIn(limit)
        .map((stop) => ` at ${stop}`)
        .join("")}`,
    change: () => "nearer legs, or a stop that is farther away",
    texts: ({ measured, limit }) => ({
      measured: measured === null ? UNKNOWN : formatUsdtPrice(measured),
      limit: `before the stop${pricesIn(limit)
        .map((stop) => ` at ${stop}`)
        .join("")}`,
    }),
  },
};
