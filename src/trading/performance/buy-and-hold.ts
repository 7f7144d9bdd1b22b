import { fillMarketOrder } from "../execution/fill-market-order";
import { invariant } from "../invariant";
import { decimal, sumOf, toLotDown, type Decimal } from "../money";
import type { MarketTerms } from "../ports";

/** The terms of buying one pair: reference price, and quote value traded in its candle (null is unknown). */
export type HoldingEntry = {
  readonly rules: Pick<MarketTerms, "tick" | "lot" | "takerFeeRate">;
  readonly price: Decimal;
  readonly candleValue: Decimal | null;
};

/** A pair that was bought and is held: base units, and the part of its share (quote) that bought no whole lot. */
export type Holding = { readonly quantity: Decimal; readonly rest: Decimal };

/**
 * Spends `share` (quote) on one pair by one market order, unlevered: quantity = share / (fill price x (1 + taker fee)),
 * down to the lot, where the fill price includes half the spread and the impact of an order of the whole share (an
 * upper bound). The order is then filled with its own, smaller slippage; rest = share - price x quantity - fee.
 */
export const buyHolding = (share: Decimal, { rules, price, candleValue }: HoldingEntry): Holding => {
  const takerFeeRate = decimal(rules.takerFeeRate);
  const order = { side: "buy", referencePrice: price, tick: decimal(rules.tick), takerFeeRate, candleValue } as const;
  const bound = fillMarketOrder({ ...order, quantity: share.div(price) });
  const quantity = toLotDown(share.div(bound.price.times(takerFeeRate.plus(1))), rules.lot);
  if (quantity.isZero()) return { quantity, rest: share };
  const fill = fillMarketOrder({ ...order, quantity });
  return { quantity, rest: share.minus(fill.price.times(quantity)).minus(fill.fee) };
};

/** What a holding is worth at a price, before the cost of selling it. */
const worthOf = ({ quantity, rest }: Holding, price: Decimal): Decimal => rest.plus(quantity.times(price));

/** A capital that was put into pairs in equal shares and is held: what every bot is measured against. */
export type Benchmark = { readonly capital: Decimal; readonly holdings: readonly Holding[] };

/** Puts a capital (quote) in equal shares into every pair. */
export const buyBenchmark = (capital: Decimal, entries: readonly HoldingEntry[]): Benchmark => ({
  capital,
  holdings: entries.map((entry) => buyHolding(capital.div(entries.length), entry)),
});

/** The worth (quote) at `prices`, in the order of its pairs, and the return on its capital, a fraction. */
export const measureBenchmark = (
  { capital, holdings }: Benchmark,
  prices: readonly Decimal[],
): { readonly worth: Decimal; readonly fraction: Decimal } => {
  const worths = holdings.map((holding, index) => {
    const price = prices[index];
    invariant(price, "every pair of a benchmark has a price");
    return worthOf(holding, price);
  });
  const worth = sumOf(worths);
  return { worth, fraction: returnOn(capital, worth) };
};

/** The return on a capital, a fraction; bots and benchmarks both use it. */
export const returnOn = (capital: Decimal, worth: Decimal): Decimal => worth.div(capital).minus(1);
