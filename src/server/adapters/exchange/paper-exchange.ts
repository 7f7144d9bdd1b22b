import type { Exchange, ExchangeOrder, OrderOutcome, QuoteSource } from "~/trading/execution/exchange";
import { fillMarketOrder } from "~/trading/execution/fill-market-order";
import { decimal } from "~/trading/money";

const match = (order: ExchangeOrder, quoteOf: QuoteSource): OrderOutcome => {
  if (order.type !== "market") return { status: "rejected", reason: "a paper account takes market orders only" };
  const quote = quoteOf(order);
  if (quote === null) return { status: "rejected", reason: "no price at this slot" };
  const { price, quantity, fee, slippage } = fillMarketOrder({
    side: order.side,
    quantity: order.quantity,
    referencePrice: quote.price,
    tick: decimal(order.market.tick),
    takerFeeRate: decimal(order.market.takerFeeRate),
    candleValue: quote.candleValue,
  });
  const [, feeCurrency = ""] = order.market.pair.split("/");
  const venueFillId = `${order.clientOrderId}:1`;
  return {
    status: "filled",
    venueOrderId: `paper:${order.clientOrderId}`,
    fills: [{ venueFillId, price, quantity, fee, feeCurrency, slippage, filledAt: quote.at }],
  };
};

/**
 * The paper account's venue: our own matching on the venue's real price. A pure function of order and quote, so that
 * placing twice gives the same fill under the same id. It fills whole, at once, and keeps no orders: what was not
 * booked never happened.
 */
export const createPaperExchange = ({ quoteOf }: { readonly quoteOf: QuoteSource }): Exchange => ({
  placeOrder: (order) => Promise.resolve(match(order, quoteOf)),
  fetchOrder: () => Promise.resolve({ status: "absent" }),
  cancelOrder: () => Promise.resolve({ status: "absent" }),
  listOpenOrders: () => Promise.resolve([]),
});
