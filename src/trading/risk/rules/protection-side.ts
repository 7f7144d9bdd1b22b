import { protectionOf } from "../outcomes";
import { passIf, type RiskRule } from "../risk-rule";

/** Stop and target lie on their own side of the entry: a wrong side is refused, never repaired. */
export const protectionSideRule: RiskRule = {
  name: "protection-side",
  description: "The stop and the target must lie on their own sides of the entry.",
  exemptsControl: true,
  check: ({ entry, order }) => {
    const { stopLoss, takeProfit } = protectionOf(entry);
    const [below, above] = entry.side === "long" ? [stopLoss, takeProfit] : [takeProfit, stopLoss];
    return {
      outcome: passIf(below.lt(order.price) && order.price.lt(above)),
      measured: order.price.toFixed(),
      limit: `${below.toFixed()} < entry < ${above.toFixed()}`,
      unit: "price",
    };
  },
};
