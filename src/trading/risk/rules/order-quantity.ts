import { decimal, maxOf, minOf } from "../../money";
import { formatGrouped } from "../../format-number";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { beyond, moves } from "../basis/rule-texts";
import { exactly } from "../basis/unit-texts";

/** The smallest quantity that the market accepts, in base units. */
export const orderQuantityRule: RiskRule<"order-quantity"> = {
  name: "order-quantity",
  description: "The order, and each of its legs, must be at least as large as the market accepts.",
  unit: "count",
  limits: {},
  check: ({ order, market }) => {
    const measured = minOf(order.firstQuantity, ...order.legs.map(({ quantity }) => decimal(quantity)));
    const limit = maxOf(decimal(market.rules.quantityMin), decimal(market.rules.lot));
    return { outcome: passIf(measured.gte(limit)), measured: measured.toFixed(), limit: limit.toFixed() };
  },
  words: {
    title: "order quantity",
    refused: "the order is smaller than the market takes",
    reason: beyond("the quantity", "at least"),
    change: moves("the quantity", "rise"),
    // Base units differ by pair, so the text calls them coins.
    say: (value) => `${formatGrouped(decimal(value).toFixed())} coins`,
    sayExactly: exactly("coins"),
  },
};
