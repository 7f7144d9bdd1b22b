import { fillMarketOrder } from "../execution/fill-market-order";
import { FEE_RATES } from "../execution/fees";
import { decimal, toLotDown, type Decimal } from "../money";
import type { MarketRules } from "../ports";

/** What one pair is bought at: the reference price and the quote value traded in its candle (null is unknown). */
export type HoldingEntry = {
  readonly rules: Pick<MarketRules, "tick" | "lot">;
  readonly price: Decimal;
  readonly candleValue: Decimal | null;
};

/** A pair that was bought and is held: base units, and what of its share could not be spent in whole lots. */
export type Holding = { readonly quantity: Decimal; readonly rest: Decimal };

/**
 * Spends `share` (quote) on one pair by one market order, unlevered: quantity = share / (fill price x (1 + taker fee)),
 * down to the lot, where the fill price bears the half spread and impact of an order of the whole share (an upper bound).
 * The order that is then filled pays its own, smaller slippage; rest = share - price x quantity - fee.
 */
export const buyHolding = (share: Decimal, { rules, price, candleValue }: HoldingEntry): Holding => {
  const order = { side: "buy", referencePrice: price, tick: decimal(rules.tick), candleValue } as const;
  const bound = fillMarketOrder({ ...order, quantity: share.div(price) });
  const quantity = toLotDown(share.div(bound.price.times(FEE_RATES.taker.plus(1))), rules.lot);
  if (quantity.isZero()) return { quantity, rest: share };
  const fill = fillMarketOrder({ ...order, quantity });
  return { quantity, rest: share.minus(fill.price.times(quantity)).minus(fill.fee) };
};

/** What a holding is worth at a price, before the cost of selling it. */
export const worthOf = ({ quantity, rest }: Holding, price: Decimal): Decimal => rest.plus(quantity.times(price));
