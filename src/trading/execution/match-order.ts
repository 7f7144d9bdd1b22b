import { candleRangeOf, candleValueOf } from "../market/candle-value";
import type { Candle } from "../market/candle";
import { minOf, priceToMoney, ZERO, type Decimal } from "../money";
import { feeOf } from "./fees";
import type { MarketFill, OrderSide } from "./fill-market-order";
import { fillWithinShare, quantityWithinShare } from "./fill-within-share";
import type { SecondMatching } from "./matching";

/** An order at the venue. Quantities in base units, prices in quote per base; times in ms of venue time. */
export type MatchedOrder = {
  readonly id: string;
  readonly side: OrderSide;
  /** A stop is triggered by a price against the side that it closes, a take-profit by one with it. */
  readonly type: "market" | "limit" | "stop" | "take-profit";
  readonly quantity: Decimal;
  /** No fill is worse. Null: a market order, also once triggered. */
  readonly limitPrice: Decimal | null;
  /** Of stop and take-profit; null for the others. */
  readonly triggerPrice: Decimal | null;
  readonly isReduceOnly: boolean;
  readonly sentAt: number;
};

/** What became of an order so far. */
export type MatchedState = {
  readonly left: Decimal;
  readonly isTriggered: boolean;
  /** Candles in which it has worked, triggered and not filled whole. */
  readonly worked: number;
  readonly end: "filled" | "expired" | "canceled" | null;
};

export type MatchTerms = {
  readonly matching: SecondMatching;
  readonly tick: Decimal;
  readonly lot: Decimal;
  /** Fractions of the value. */
  readonly makerFeeRate: Decimal;
  readonly takerFeeRate: Decimal;
  /** It acts from the first open so long after it was sent. */
  readonly latencyMs: number;
  /** What is left after so many candles expires. */
  readonly candlesMax: number;
};

export type Match = { readonly state: MatchedState; readonly fill: MarketFill | null };

export const newState = ({ quantity }: Pick<MatchedOrder, "quantity">): MatchedState => ({
  left: quantity,
  isTriggered: false,
  worked: 0,
  end: null,
});

/** The price at which a market order would be filled: the open, or the level that triggered it inside the candle. */
const triggerIn = (order: MatchedOrder, candle: Candle, { matching }: MatchTerms): Decimal | null => {
  const { triggerPrice: level, side } = order;
  const open = priceToMoney(candle.open);
  if (level === null) return open;
  const isUp = (side === "buy") === (order.type === "stop");
  if (isUp ? open.gte(level) : open.lte(level)) return open;
  const isMark = matching.triggerBy === "mark";
  const reached = priceToMoney(isMark ? candle.close : isUp ? candle.high : candle.low);
  return (isUp ? reached.gte(level) : reached.lte(level)) ? level : null;
};

type Working = { readonly quantity: Decimal; readonly referencePrice: Decimal; readonly isOpen: boolean };

const isWithin = ({ side, limitPrice }: MatchedOrder, price: Decimal): boolean =>
  limitPrice === null || (side === "buy" ? price.lte(limitPrice) : price.gte(limitPrice));

/** A resting limit is filled only where the candle trades through it, at its own price, as a maker. */
const fillAsMaker = (
  { side, limitPrice }: MatchedOrder,
  candle: Candle,
  { quantity, terms }: { readonly quantity: Decimal; readonly terms: MatchTerms },
): MarketFill | null => {
  if (limitPrice === null) return null;
  const isThrough = side === "buy" ? priceToMoney(candle.low).lt(limitPrice) : priceToMoney(candle.high).gt(limitPrice);
  if (!isThrough) return null;
  const fee = feeOf(limitPrice, quantity, terms.makerFeeRate);
  return { side, price: limitPrice, quantity, fee, slippage: ZERO };
};

const fillWorking = (
  order: MatchedOrder,
  candle: Candle,
  { work, terms }: { readonly work: Working; readonly terms: MatchTerms },
): MarketFill | null => {
  const { matching, tick, lot, takerFeeRate } = terms;
  const seen = { candleValue: candleValueOf(candle), candleRange: candleRangeOf(candle), matching, lot, tick };
  const asked = { ...seen, side: order.side, takerFeeRate, ...work };
  const taken = fillWithinShare(asked);
  if (order.limitPrice === null) return taken;
  // The order of prices in a candle is unknown: a limit that begins inside one works from the next.
  if (!work.isOpen) return null;
  if (taken && isWithin(order, taken.price)) return taken;
  const quantity = minOf(work.quantity, quantityWithinShare(asked) ?? work.quantity);
  return quantity.isZero() ? null : fillAsMaker(order, candle, { quantity, terms });
};

/** What may be filled of an order in a candle: a reduce-only one never more than what is held against its side. */
const quantityOf = ({ isReduceOnly }: MatchedOrder, { left }: MatchedState, held: Decimal): Decimal =>
  isReduceOnly ? minOf(left, held) : left;

const afterFill = (before: MatchedState, fill: MarketFill | null, { candlesMax }: MatchTerms): MatchedState => {
  const left = before.left.minus(fill?.quantity ?? ZERO);
  const worked = before.worked + 1;
  const rest = worked >= candlesMax ? "expired" : null;
  return { left, isTriggered: true, worked, end: left.isZero() ? "filled" : rest };
};

/**
 * Matches an order in one candle, by matching version 2. `held`: what it could reduce, base units and unsigned. A
 * reduce-only order ends where nothing is held any more; what a candle does not give stays open until it expires.
 */
export const matchOrder = (
  order: MatchedOrder,
  before: MatchedState,
  { candle, held, terms }: { readonly candle: Candle; readonly held: Decimal; readonly terms: MatchTerms },
): Match => {
  const still = { state: before, fill: null };
  if (before.end !== null || candle.openTime < order.sentAt + terms.latencyMs) return still;
  const quantity = quantityOf(order, before, held);
  if (quantity.isZero()) return { state: { ...before, end: "canceled" }, fill: null };
  const triggered = before.isTriggered ? priceToMoney(candle.open) : triggerIn(order, candle, terms);
  if (triggered === null) return still;
  const isOpen = before.isTriggered || triggered.eq(priceToMoney(candle.open));
  const fill = fillWorking(order, candle, { work: { quantity, referencePrice: triggered, isOpen }, terms });
  return { state: afterFill(before, fill, terms), fill };
};

type Matched = Match & { readonly order: MatchedOrder };

/** Stops come first: where a candle reaches a stop and a target, the order of its prices is unknown. */
const byRisk = (one: MatchedOrder, other: MatchedOrder): number =>
  Number(other.type === "stop") - Number(one.type === "stop");

/** Matches the exits of one position in a candle, stops first: what one takes, the others cannot. */
export const matchExits = (
  orders: readonly { readonly order: MatchedOrder; readonly state: MatchedState }[],
  { held, ...given }: { readonly candle: Candle; readonly held: Decimal; readonly terms: MatchTerms },
): { readonly matched: readonly Matched[]; readonly held: Decimal } => {
  let rest = held;
  const matched: Matched[] = [];
  for (const { order, state } of orders.toSorted((one, other) => byRisk(one.order, other.order))) {
    const match = matchOrder(order, state, { ...given, held: rest });
    rest = rest.minus(match.fill?.quantity ?? ZERO);
    matched.push({ order, ...match });
  }
  return { matched, held: rest };
};
