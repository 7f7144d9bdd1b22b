import { decimal, maxOf, minOf, toMoney } from "../../money";
import { passIf, type RiskRule } from "../basis/risk-rule";
import { limitFor, wordsByLegs } from "../basis/in-legs";
import { beyond, moves, formatUsdt } from "../basis/rule-texts";
import { SAY } from "../basis/unit-texts";

/** An order below this value is not worth its fees, or the market refuses it. */
export const orderValueRule: RiskRule<"order-value", "orderValueMin"> = {
  name: "order-value",
  description: "The order, and each of its legs, must be worth enough to be accepted and to justify its fees.",
  unit: "USDT",
  limits: {
    orderValueMin: {
      least: 1,
      most: 1_000_000,
      standard: 50,
      section: "Size",
      place: 7,
      label: "Smallest order",
      text: (least) => `Places no order below ${formatUsdt(least)}`,
    },
  },
  check: ({ order, limits, market }) => {
    const first = order.legs.length === 0 ? order.notional : toMoney(order.price.times(order.firstQuantity));
    const measured = minOf(first, ...order.legs.map(({ price, quantity }) => toMoney(decimal(price).times(quantity))));
    const limit = maxOf(decimal(limits.orderValueMin), decimal(market.rules.notionalMin ?? 0));
    return {
      outcome: passIf(measured.gte(limit)),
      measured: measured.toFixed(),
      limit: limitFor(limit.toFixed(), order),
    };
  },
  words: wordsByLegs(
    {
      title: "order value",
      refused: "the order is worth too little",
      reason: beyond("the value of the order", "at least"),
      change: moves("the value of the order", "rise"),
    },
    {
      reason: beyond("the value of the smallest of its legs", "at least"),
      change: moves("the value of the smallest of its legs", "rise"),
      say: SAY.USDT,
    },
  ),
};
