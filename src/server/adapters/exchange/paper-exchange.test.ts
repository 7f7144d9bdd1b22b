import { describe, expect, it } from "vitest";
import type { ExchangeOrder, QuoteSource } from "~/trading/execution/exchange";
import { NEWEST_MATCHING } from "~/trading/execution/matching";
import { decimal } from "~/trading/money";
import { createPaperExchange } from "./paper-exchange";

const AT = 1_704_067_200_000;
const order: ExchangeOrder = {
  clientOrderId: "a".repeat(32),
  market: {
    pair: "BTC/USDT",
    marketType: "swap",
    tick: "0.1",
    lot: "0.001",
    contractSize: "0.001",
    quantityMin: "0.001",
    notionalMin: null,
    leverageMax: null,
    takerFeeRate: "0.0005",
  },
  side: "buy",
  type: "market",
  quantity: decimal("0.5"),
  price: null,
  triggerPrice: null,
  isReduceOnly: false,
};
const quoteOf: QuoteSource = ({ clientOrderId }) =>
  clientOrderId === order.clientOrderId ? { price: decimal(1000), candleValue: decimal(1_000_000), at: AT } : null;

describe("the paper exchange", () => {
  it("fills a market order whole, at once, at the quote, and the same each time it is sent", async () => {
    const exchange = createPaperExchange({ quoteOf });
    const outcome = await exchange.placeOrder(order);
    expect(JSON.stringify(await exchange.placeOrder(order))).toBe(JSON.stringify(outcome));
    // Half a spread of 0.1 and an impact of 0.05 % x sqrt(500 / 1,000,000) above 1000, up to the tick.
    expect(JSON.parse(JSON.stringify(outcome))).toEqual({
      status: "filled",
      venueOrderId: `paper:${order.clientOrderId}`,
      fills: [
        {
          venueFillId: `${order.clientOrderId}:1`,
          price: "1000.2",
          quantity: "0.5",
          fee: "0.25005",
          feeCurrency: "USDT",
          slippage: "0.1",
          filledAt: AT,
        },
      ],
    });
  });

  it("refuses what it has no price for, and orders that wait", async () => {
    const refused = async (part: Partial<ExchangeOrder>, source: QuoteSource = quoteOf) =>
      createPaperExchange({ quoteOf: source }).placeOrder({ ...order, ...part });
    expect(await refused({}, () => null)).toEqual({ status: "rejected", reason: "no price at this slot" });
    expect(await refused({ type: "limit", price: decimal(990) })).toEqual({
      status: "rejected",
      reason: "a paper account takes market orders only",
    });
  });

  it("fills of an entry what the candle gives and cancels the rest by matching version 2, and fills an exit whole", async () => {
    const thin = (candleValue: number): QuoteSource => {
      const quote = { price: decimal(1000), candleValue: decimal(candleValue), candleRange: 0.01, at: AT };
      return () => ({ ...quote, matching: NEWEST_MATCHING });
    };
    const place = async (part: Partial<ExchangeOrder>, candleValue: number) => {
      const outcome = await createPaperExchange({ quoteOf: thin(candleValue) }).placeOrder({ ...order, ...part });
      const fills = "fills" in outcome ? outcome.fills.map(({ quantity }) => quantity.toFixed()) : [];
      return [outcome.status, ...fills];
    };
    // A tenth of what was traded, and a fifth of that: the candle ranged five times as wide as a calm one.
    expect(await place({}, 15_000)).toEqual(["canceled", "0.3"]);
    expect(await place({}, 25_000)).toEqual(["filled", "0.5"]);
    expect(await place({}, 0)).toEqual(["canceled"]);
    expect(await place({ isReduceOnly: true }, 0)).toEqual(["filled", "0.5"]);
  });

  it("keeps no orders: what was not booked never happened", async () => {
    const exchange = createPaperExchange({ quoteOf });
    await exchange.placeOrder(order);
    expect(await exchange.fetchOrder(order)).toEqual({ status: "absent" });
    expect(await exchange.cancelOrder(order)).toEqual({ status: "absent" });
    expect(await exchange.listOpenOrders()).toEqual([]);
  });
});
