import type { Exchange, ExchangeOrder, OrderOutcome, QuoteSource } from "~/trading/execution/exchange";
import { fillMarketOrder } from "~/trading/execution/fill-market-order";
import { fillWithinShare } from "~/trading/execution/fill-within-share";
import { liquidityOf } from "~/trading/execution/liquidity";
import { decimal } from "~/trading/money";

const NOTHING_GIVEN = "so little was traded that nothing of it could be filled";
const PART_GIVEN = "so little was traded that only a part of it could be filled";

const match = (order: ExchangeOrder, quoteOf: QuoteSource): OrderOutcome => {
  if (order.type !== "market") return { status: "rejected", reason: "a paper account takes market orders only" };
  const quote = quoteOf(order);
  if (quote === null) return { status: "rejected", reason: "no price at this slot" };
  const { tick, lot, takerFeeRate, pair } = order.market;
  const costs = { tick: decimal(tick), takerFeeRate: decimal(takerFeeRate) };
  const { side, quantity } = order;
  const asked = { side, quantity, referencePrice: quote.price, lot, ...costs, ...liquidityOf(quote) };
  const matched = order.isReduceOnly ? fillMarketOrder(asked) : fillWithinShare(asked);
  const venueOrderId = `paper:${order.clientOrderId}`;
  if (matched === null) return { status: "canceled", venueOrderId, fills: [], reason: NOTHING_GIVEN };
  const { side: _side, ...filled } = matched;
  const [, feeCurrency = ""] = pair.split("/");
  const fills = [{ venueFillId: `${order.clientOrderId}:1`, ...filled, feeCurrency, filledAt: quote.at }];
  return matched.quantity.lt(quantity)
    ? { status: "canceled", venueOrderId, fills, reason: PART_GIVEN }
    : { status: "filled", venueOrderId, fills };
};

/**
 * The paper account's venue: our own matching on the venue's real price. A pure function of order and quote, so that
 * placing twice gives the same fill under the same id. It fills at once and keeps no orders: what was not booked never
 * happened. An entry gets no more than the last candle gives, and the rest is cancelled; an exit is filled whole.
 */
export const createPaperExchange = ({ quoteOf }: { readonly quoteOf: QuoteSource }): Exchange => ({
  placeOrder: (order) => Promise.resolve(match(order, quoteOf)),
  fetchOrder: () => Promise.resolve({ status: "absent" }),
  cancelOrder: () => Promise.resolve({ status: "absent" }),
  listOpenOrders: () => Promise.resolve([]),
});
