import type { Exchange } from "~/trading/execution/exchange";
import { fillMarketOrder } from "~/trading/execution/fill-market-order";
import { decimal } from "~/trading/money";

/**
 * The paper account's venue: our own matching on the venue's real price. A pure function of the order, so that asking
 * twice gives the same fill under the same id.
 */
export const createPaperExchange = (): Exchange => ({
  placeOrder: (order) => {
    const { price, quantity, fee, slippage } = fillMarketOrder({ ...order, tick: decimal(order.rules.tick) });
    const venueFillId = `${order.clientOrderId}:1`;
    return Promise.resolve({
      status: "filled",
      venueOrderId: `paper:${order.clientOrderId}`,
      fills: [{ venueFillId, price, quantity, fee, slippage, filledAt: order.at }],
    });
  },
});
