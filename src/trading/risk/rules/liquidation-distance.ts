import { liquidationPrice } from "../../execution/liquidation";
import { passIf, type RiskRule } from "../risk-rule";

/** The stop must come before the venue liquidates. */
export const liquidationDistanceRule: RiskRule = {
  name: "liquidation-distance",
  description: "The stop must come before the venue would liquidate the position.",
  check: ({ entry, order }) => {
    const liquidation = liquidationPrice({ side: entry.side, entryPrice: order.price, leverage: entry.leverage });
    const isBehindStop = entry.side === "long" ? liquidation.lt(entry.stopLoss) : liquidation.gt(entry.stopLoss);
    return {
      outcome: passIf(isBehindStop),
      measured: liquidation.toFixed(),
      limit: `behind the stop at ${entry.stopLoss.toFixed()}`,
      unit: "price",
    };
  },
};
