import { lossAtStop, profitAtTarget } from "../basis/outcomes";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { limitFor, wordsByLegs } from "../basis/in-legs";
import { moves } from "../basis/rule-texts";
import { SAY } from "../basis/unit-texts";

/** Profit at the target / loss at the stop, both after the fees of entry and exit. */
export const rewardToRiskRule: RiskRule<"reward-to-risk", "rewardToRiskMin"> = {
  name: "reward-to-risk",
  description: "What the target wins must be a multiple of what the stop loses, both after fees.",
  unit: "ratio",
  limits: {
    rewardToRiskMin: {
      least: 0.5,
      most: 10,
      standard: 1.5,
      section: "Entries",
      place: 5,
      label: "Reward to risk",
      text: (least) => `Enters only where the target pays at least ${least} times what the stop costs, after fees`,
    },
  },
  exemptsControl: true,
  check: ({ entry, order, limits }) => {
    const reward = profitAtTarget(entry, order);
    const risk = lossAtStop(entry, order);
    const ratio = risk.gt(0) ? reward.div(risk) : risk;
    return {
      outcome: passIf(ratio.gte(limits.rewardToRiskMin)),
      measured: ratio.toFixed(4),
      limit: limitFor(String(limits.rewardToRiskMin), order),
    };
  },
  words: wordsByLegs(
    {
      title: "reward to risk",
      refused: "the target pays too little for the risk",
      reason: (_, { measured, limit }) =>
        `the target pays ${measured} what the stop costs, and at least ${limit} is asked for`,
      change: moves("what the target pays for what the stop costs", "rise"),
    },
    {
      // No leg is sure to come before the target, and all come before the stop.
      reason: (_, { measured, limit }) =>
        `at the target its first part alone wins ${measured} what all its legs lose at the stop, and at least ${limit} is asked for`,
      change: (_, { measured, limit }) =>
        `what its first part wins for what all its legs lose would have to rise from ${measured} to ${limit}: by a larger first part, a farther target or a nearer stop`,
      say: SAY.ratio,
    },
  ),
};
