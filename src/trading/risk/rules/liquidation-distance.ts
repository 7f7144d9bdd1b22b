import { quantityToCome } from "../../portfolio/entry-legs";
import { liquidationPrice } from "../../settlement/liquidation";
import { formatRoundUsdtPrice, toldApart } from "../../format-number";
import { protectionOf } from "../basis/outcomes";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { numbersIn, pricesIn } from "../basis/rule-texts";
import { UNKNOWN } from "../basis/unit-texts";

const atStop = (limit: string): string => {
  const [stop] = pricesIn(limit);
  return stop === undefined ? "" : ` at ${stop}`;
};
const behindStop = (limit: string): string => `behind the stop${atStop(limit)}`;

/** The stop must be reached before the liquidation price. */
export const liquidationDistanceRule: RiskRule<"liquidation-distance"> = {
  name: "liquidation-distance",
  description: "The stop must come before the venue would liquidate the position.",
  unit: "price",
  limits: {},
  exemptsControl: true,
  check: ({ entry, order, market: { matching } }) => {
    const { side, leverage, addsTo } = entry;
    // What it is added to counts for the tier of the whole, with its legs still to come.
    const held = addsTo?.quantity.plus(quantityToCome(addsTo.exitPlan?.entryLegs ?? []));
    const quantity = order.quantity.plus(held ?? 0);
    const position = { side, leverage, entryPrice: order.price, quantity };
    const liquidation = liquidationPrice({ ...position, ...(matching && { matching }) });
    const { stopLoss } = protectionOf(entry);
    const isBehindStop = entry.side === "long" ? liquidation.lt(stopLoss) : liquidation.gt(stopLoss);
    return {
      outcome: passIf(isBehindStop),
      measured: liquidation.toFixed(),
      limit: `behind the stop at ${stopLoss.toFixed()}`,
    };
  },
  words: {
    title: "liquidation distance",
    refused: "it would be liquidated before its stop",
    reason: ({ limit }, { measured }) =>
      `it would be liquidated at ${measured}, before its stop${atStop(limit)} is reached`,
    change: ({ limit }) => `less leverage or a nearer stop: the liquidation has to lie ${behindStop(limit)}`,
    texts: ({ measured, limit }) => {
      if (measured === null) return { measured: UNKNOWN, limit: behindStop(limit) };
      const [stop] = numbersIn(limit);
      // A price that rounds to the stop is shown as just over or just under it.
      const [price] =
        stop === undefined ? [formatRoundUsdtPrice(measured)] : toldApart([measured, stop], formatRoundUsdtPrice);
      return { measured: price, limit: behindStop(limit) };
    },
  },
};
