import type { Exchange, ExchangeFill, ExchangeOrder, FoundOutcome, OrderOutcome } from "~/trading/execution/exchange";
import { fillMarketOrder } from "~/trading/execution/fill-market-order";
import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";
import { decimal, toLotDown, ZERO, type Decimal } from "~/trading/money";
import { MINUTE_MS } from "~/trading/market/duration";
import { MEMORY_TIMEFRAME, type MemoryMarket } from "./memory-market";

/** How an order is filled: shares of its quantity by minutes after it came in; `endsAfter`: then the rest is cancelled. */
export type FillPlan = {
  readonly parts: readonly (readonly [minutes: number, share: number])[];
  readonly endsAfter?: number;
  /** What is lost when the order is placed: the answer, after the order was taken, or the order itself. */
  readonly loses?: "answer" | "order";
  /** For so many minutes after it came in, the exchange cannot say what became of it. */
  readonly shownAfter?: number;
};

type Held = {
  readonly order: ExchangeOrder;
  readonly plan: FillPlan;
  readonly placedAt: number;
  /** Its number within its market: venues count the orders of each market separately. */
  readonly number: number;
  endsAt: number;
};

export type SlowExchange = Exchange & {
  /** Client order ids as they were placed, each time. */
  readonly placed: string[];
  /** All fills of an order until now. */
  readonly fillsOf: (clientOrderId: string) => readonly ExchangeFill[];
};

/** Cuts a quantity by shares, in lots; the last part has the rest of a plan that fills whole. */
const cut = ({ quantity, market }: ExchangeOrder, { parts }: FillPlan): Decimal[] => {
  const isWhole = Math.abs(parts.reduce((sum, [, share]) => sum + share, 0) - 1) < 1e-9;
  let left = quantity;
  return parts.map(([, share], index) => {
    const part = isWhole && index === parts.length - 1 ? left : toLotDown(quantity.times(share), decimal(market.lot));
    left = left.minus(part);
    return part;
  });
};

const fillAt = (
  market: MemoryMarket,
  order: ExchangeOrder,
  { quantity, at }: { readonly quantity: Decimal; readonly at: number },
): Omit<ExchangeFill, "venueFillId"> => {
  const openTime = floorToGrid(at, timeframeMs(MEMORY_TIMEFRAME));
  const candle = market.candles.get(order.market.pair)?.find((each) => each.openTime === openTime);
  if (!candle) throw new Error(`there is no candle at ${new Date(at).toISOString()}`);
  const { tick, takerFeeRate } = order.market;
  const costs = { tick: decimal(tick), takerFeeRate: decimal(takerFeeRate) };
  const terms = { side: order.side, quantity, ...costs, candleValue: null };
  const { price, fee } = fillMarketOrder({ ...terms, referencePrice: decimal(candle.open) });
  return { price, quantity, fee, feeCurrency: "USDT", slippage: null, filledAt: at };
};

/** The orders that the exchange holds, and what it reports of them at the market's time. */
const createBook = (market: MemoryMarket) => {
  const held = new Map<string, Held>();

  const fillsOf = (clientOrderId: string): ExchangeFill[] => {
    const entry = held.get(clientOrderId);
    if (!entry) return [];
    const quantities = cut(entry.order, entry.plan);
    return entry.plan.parts.flatMap(([minutes], index) => {
      const at = entry.placedAt + minutes * MINUTE_MS;
      const quantity = quantities[index] ?? ZERO;
      if (at > Math.min(market.now, entry.endsAt) || quantity.isZero()) return [];
      return [{ ...fillAt(market, entry.order, { quantity, at }), venueFillId: `${entry.number}-${index}` }];
    });
  };

  const tell = (clientOrderId: string): FoundOutcome => {
    const entry = held.get(clientOrderId);
    if (!entry) return { status: "absent" };
    const shownAt = entry.placedAt + (entry.plan.shownAfter ?? 0) * MINUTE_MS;
    if (market.now < shownAt) return { status: "unknown", reason: "the exchange does not answer" };
    const fills = fillsOf(clientOrderId);
    const filled = fills.reduce((sum, { quantity }) => sum.plus(quantity), ZERO);
    const venueOrderId = `slow:${clientOrderId}`;
    if (filled.eq(entry.order.quantity)) return { status: "filled", venueOrderId, fills };
    const reason = "the rest was cancelled";
    if (entry.endsAt <= market.now) return { status: "canceled", venueOrderId, fills, reason };
    return { status: fills.length === 0 ? "accepted" : "partiallyFilled", venueOrderId, fills };
  };
  return { held, fillsOf, tell };
};

/**
 * An exchange in memory that fills orders in parts and late, at the open of the candle of each part's time, by the
 * plans it is given, in turn. It shows nothing of what lies after the market's time.
 */
export const createSlowExchange = (market: MemoryMarket, plans: readonly FillPlan[]): SlowExchange => {
  const { held, fillsOf, tell } = createBook(market);
  const placed: string[] = [];
  return {
    placed,
    fillsOf,
    placeOrder: (order): Promise<OrderOutcome> => {
      const { clientOrderId } = order;
      const plan = plans[placed.length % plans.length];
      if (!plan) throw new Error("the exchange has no plan");
      placed.push(clientOrderId);
      const lost = { status: "unknown", reason: "the answer was lost" } as const;
      if (plan.loses === "order") return Promise.resolve(lost);
      const endsAt = market.now + (plan.endsAfter ?? Number.POSITIVE_INFINITY) * MINUTE_MS;
      const number = [...held.values()].filter((each) => each.order.market.pair === order.market.pair).length;
      if (!held.has(clientOrderId)) held.set(clientOrderId, { order, plan, placedAt: market.now, number, endsAt });
      const told = tell(clientOrderId);
      return Promise.resolve(plan.loses === "answer" || told.status === "absent" ? lost : told);
    },
    fetchOrder: ({ clientOrderId }) => Promise.resolve(tell(clientOrderId)),
    cancelOrder: ({ clientOrderId }) => {
      const entry = held.get(clientOrderId);
      if (entry) entry.endsAt = Math.min(entry.endsAt, market.now);
      return Promise.resolve(tell(clientOrderId));
    },
    listOpenOrders: () =>
      Promise.resolve([...held.keys()].filter((id) => ["accepted", "partiallyFilled"].includes(tell(id).status))),
  };
};
