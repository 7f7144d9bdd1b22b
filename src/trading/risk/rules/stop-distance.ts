import { protectionOf } from "../outcomes";
import { passIf, type RiskRule } from "../risk-rule";

/** A stop too near is noise, one too far is none. */
export const stopDistanceRule: RiskRule = {
  name: "stop-distance",
  description: "The stop must be far enough away to outlast noise, and near enough to protect.",
  exemptsControl: true,
  check: ({ entry, order, limits }) => {
    const distance = order.price.minus(protectionOf(entry).stopLoss).abs().div(order.price);
    return {
      outcome: passIf(distance.gte(limits.stopDistanceMin) && distance.lte(limits.stopDistanceMax)),
      measured: distance.toFixed(6),
      limit: `${limits.stopDistanceMin} to ${limits.stopDistanceMax}`,
      unit: "fraction",
    };
  },
};
