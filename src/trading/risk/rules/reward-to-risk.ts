import { lossAtStop, profitAtTarget } from "../basis/outcomes";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { moves } from "../basis/rule-texts";

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
      limit: String(limits.rewardToRiskMin),
    };
  },
  words: {
    title: "reward to risk",
    refused: "the target pays too little for the risk",
    reason: (_, { measured, limit }) =>
      `the target pays ${measured} what the stop costs, and at least ${limit} is asked for`,
    change: moves("what the target pays for what the stop costs", "rise"),
  },
};
