import { lossAtStop, profitAtTarget } from "../outcomes";
import { passIf, type RiskRule } from "../risk-rule";

/** What the target wins against what the stop loses, both after the fees of entry and exit. */
export const rewardToRiskRule: RiskRule = {
  name: "reward-to-risk",
  description: "What the target wins must be a multiple of what the stop loses, both after fees.",
  exemptsControl: true,
  check: ({ entry, order, limits }) => {
    const reward = profitAtTarget(entry, order);
    const risk = lossAtStop(entry, order);
    const ratio = risk.gt(0) ? reward.div(risk) : risk;
    return {
      outcome: passIf(ratio.gte(limits.rewardToRiskMin)),
      measured: ratio.toFixed(4),
      limit: String(limits.rewardToRiskMin),
      unit: "ratio",
    };
  },
};
