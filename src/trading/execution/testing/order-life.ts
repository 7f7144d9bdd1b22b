import type { Candle } from "../../market/candle";
import { decimal, ZERO } from "../../money";
import { NEWEST_MATCHING } from "../matching";
import { matchOrder, newState, type Match, type MatchedOrder, type MatchTerms } from "../match-order";

/** Without spread and impact, so that prices are those of the candles. */
export const TERMS: MatchTerms = {
  matching: { ...NEWEST_MATCHING, halfSpreadRate: 0, impactRate: 0 },
  tick: decimal("0.0001"),
  lot: decimal("0.01"),
  makerFeeRate: decimal("0.0002"),
  takerFeeRate: decimal("0.0005"),
  latencyMs: 0,
  candlesMax: 3,
};
export const MINUTE = 60_000;

export type Part = Partial<Omit<MatchedOrder, "limitPrice" | "triggerPrice" | "quantity">> & {
  readonly limit?: number;
  readonly trigger?: number;
  readonly quantity?: number;
};

export const orderOf = ({ limit, trigger, quantity = 1, ...part }: Part): MatchedOrder => ({
  id: "order",
  side: "buy",
  type: "market",
  isReduceOnly: false,
  sentAt: 0,
  ...part,
  quantity: decimal(quantity),
  limitPrice: limit === undefined ? null : decimal(limit),
  triggerPrice: trigger === undefined ? null : decimal(trigger),
});

export type Bar = [open: number, high: number, low: number, close: number, volume?: number | null];
export const candlesOf = (bars: readonly Bar[]): Candle[] =>
  bars.map(([open, high, low, close, volume = 1_000_000], index) => ({
    openTime: index * MINUTE,
    open,
    high,
    low,
    close,
    volume,
  }));

/** The order over the candles: each fill as "quantity @ price", and how it ended. */
export const lifeOf = (order: MatchedOrder, bars: readonly Bar[], { terms = TERMS, held = order.quantity } = {}) => {
  let state = newState(order);
  let left = held;
  const fills: NonNullable<Match["fill"]>[] = [];
  for (const candle of candlesOf(bars)) {
    const match = matchOrder(order, state, { candle, held: left, terms });
    ({ state } = match);
    if (match.fill) fills.push(match.fill);
    if (order.isReduceOnly) left = left.minus(match.fill?.quantity ?? ZERO);
  }
  return {
    fills,
    end: state.end,
    told: fills.map((fill) => `${fill.quantity.toFixed()} @ ${fill.price.toDecimalPlaces(2).toFixed()}`),
  };
};
