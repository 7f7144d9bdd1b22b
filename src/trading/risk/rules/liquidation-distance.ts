import { liquidationPrice } from "../../execution/liquidation";
import { protectionOf } from "../outcomes";
import { passIf, type RiskRule } from "../risk-rule";

/** The stop must come before the venue liquidates. */
export const liquidationDistanceRule: RiskRule = {
  name: "liquidation-distance",
  description: "The stop must come before the venue would liquidate the position.",
  exemptsControl: true,
  check: ({ entry, order }) => {
    const liquidation = liquidationPrice({ side: entry.side, entryPrice: order.price, leverage: entry.leverage });
    const { stopLoss } = protectionOf(entry);
    const isBehindStop = entry.side === "long" ? liquidation.lt(stopLoss) : liquidation.gt(stopLoss);
    return {
      outcome: passIf(isBehindStop),
      measured: liquidation.toFixed(),
      limit: `behind the stop at ${stopLoss.toFixed()}`,
      unit: "price",
    };
  },
};
