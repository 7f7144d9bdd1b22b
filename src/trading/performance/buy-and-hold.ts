import { fillMarketOrder } from "../execution/fill-market-order";
import { invariant } from "../invariant";
import { decimal, minOf, sumOf, toLotDown, ZERO, type Decimal } from "../money";
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

/**
 * A capital that was put into pairs in equal shares and is held: what every bot is measured against. `base`: what it was
 * worth after its last flow, or its capital; `growth`: what one unit of the capital had become by then.
 */
export type Benchmark = { readonly base: Decimal; readonly growth: Decimal; readonly holdings: readonly Holding[] };

/** Puts a capital (quote) in equal shares into every pair. */
export const buyBenchmark = (capital: Decimal, entries: readonly HoldingEntry[]): Benchmark => ({
  base: capital,
  growth: decimal(1),
  holdings: entries.map((entry) => buyHolding(capital.div(entries.length), entry)),
});

const worthsOf = ({ holdings }: Benchmark, prices: readonly Decimal[]): Decimal[] =>
  holdings.map((holding, index) => {
    const price = prices[index];
    invariant(price, "every pair of a benchmark has a price");
    return worthOf(holding, price);
  });

/** What a unit of its capital has become; it stays where nothing is held any more. */
const growthTo = ({ growth, base }: Benchmark, worth: Decimal): Decimal =>
  base.isZero() ? growth : growth.times(worth).div(base);

/** The worth (quote) at `prices`, in the order of its pairs, and the return on its capital, a fraction. */
export const measureBenchmark = (
  benchmark: Benchmark,
  prices: readonly Decimal[],
): { readonly worth: Decimal; readonly fraction: Decimal } => {
  const worth = sumOf(worthsOf(benchmark, prices));
  return { worth, fraction: growthTo(benchmark, worth).minus(1) };
};

/** Takes `amount` (quote) out of a holding by one market order; what is short of a whole lot comes from what rests. */
const sellHolding = ({ quantity, rest }: Holding, amount: Decimal, { rules, price, candleValue }: HoldingEntry) => {
  const sold = minOf(quantity, toLotDown(amount.div(price), rules.lot));
  if (sold.isZero()) return { quantity, rest: rest.minus(amount) };
  const takerFeeRate = decimal(rules.takerFeeRate);
  const order = { side: "sell", referencePrice: price, tick: decimal(rules.tick), takerFeeRate, candleValue } as const;
  const fill = fillMarketOrder({ ...order, quantity: sold });
  const proceeds = fill.price.times(sold).minus(fill.fee);
  return { quantity: quantity.minus(sold), rest: rest.plus(proceeds).minus(amount) };
};

const flowHolding = (holding: Holding, amount: Decimal, entry: HoldingEntry): Holding => {
  if (amount.lt(0)) return sellHolding(holding, amount.neg(), entry);
  const bought = buyHolding(amount, entry);
  return { quantity: holding.quantity.plus(bought.quantity), rest: holding.rest.plus(bought.rest) };
};

/**
 * The benchmark after money came (bought in equal shares) or went (sold of each by its worth, at most all of it), at the
 * prices of `entries`. The flow is no return; what its orders cost is.
 */
export const flowBenchmark = (benchmark: Benchmark, flow: Decimal, entries: readonly HoldingEntry[]): Benchmark => {
  const { holdings } = benchmark;
  const worths = worthsOf(
    benchmark,
    entries.map(({ price }) => price),
  );
  const worth = sumOf(worths);
  const growth = growthTo(benchmark, worth);
  if (worth.plus(flow).lte(0)) {
    return { base: ZERO, growth, holdings: holdings.map(() => ({ quantity: ZERO, rest: ZERO })) };
  }
  const flowed = holdings.map((holding, index) => {
    const entry = entries[index];
    invariant(entry, "every pair of a benchmark has a price");
    const part = flow.gt(0) ? flow.div(holdings.length) : flow.times(worths[index] ?? ZERO).div(worth);
    return flowHolding(holding, part, entry);
  });
  return { base: worth.plus(flow), growth, holdings: flowed };
};

/** The return on a capital, a fraction; bots and benchmarks both use it. */
export const returnOn = (capital: Decimal, worth: Decimal): Decimal => worth.div(capital).minus(1);
