import { formatUsdtPrice } from "../../format-number";
import { protectionOf } from "../basis/outcomes";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { pricesIn } from "../basis/rule-texts";
import { UNKNOWN } from "../basis/unit-texts";

/** Stop and target must be on the right side of the entry. A wrong side is refused, never corrected. */
export const protectionSideRule: RiskRule<"protection-side"> = {
  name: "protection-side",
  description: "The stop and the target must lie on their own sides of the entry.",
  unit: "price",
  limits: {},
  exemptsControl: true,
  check: ({ entry, order }) => {
    const { stopLoss, takeProfit } = protectionOf(entry);
    const [below, above] = entry.side === "long" ? [stopLoss, takeProfit] : [takeProfit, stopLoss];
    return {
      outcome: passIf(below.lt(order.price) && order.price.lt(above)),
      measured: order.price.toFixed(),
      limit: `${below.toFixed()} < entry < ${above.toFixed()}`,
    };
  },
  words: {
    title: "side of stop or target",
    refused: "stop or target is on the wrong side",
    changeUnmeasured: "the entry would need a side, a stop and a target",
    reason: ({ measured, limit }) => {
      const [below, above] = pricesIn(limit);
      const entry = measured === null ? "the entry" : `the entry at ${formatUsdtPrice(measured)}`;
      return below === undefined || above === undefined
        ? `${entry} is not between its stop and its target`
        : `${entry} is not between ${below} and ${above}, its stop and its target`;
    },
    change: () => "the entry would have to lie between its stop and its target",
    texts: ({ measured, limit }) => ({
      measured: measured === null ? UNKNOWN : formatUsdtPrice(measured),
      limit: pricesIn(limit).length < 2 ? "between stop and target" : `between ${pricesIn(limit).join(" and ")}`,
    }),
  },
};
