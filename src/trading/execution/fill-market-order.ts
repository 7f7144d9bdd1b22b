import { toMoney, type Decimal } from "../money";
import { feeOf } from "./fees";
import type { Matching } from "./matching";
import { quoteFromCandle } from "./quote-from-candle";

export type OrderSide = "buy" | "sell";

/** A market order and the market that fills it. Quantities in base, prices in quote per base, values in quote. */
export type MarketOrder = {
  readonly side: OrderSide;
  readonly quantity: Decimal;
  /** The price before costs: the open of the slot's candle, the touched level, or the quote of the cycle. */
  readonly referencePrice: Decimal;
  readonly tick: Decimal;
  /** A fraction of the order value. */
  readonly takerFeeRate: Decimal;
  /** Quote value traded in the last closed settlement candle; null is unknown. */
  readonly candleValue: Decimal | null;
  /** (high - low) / open of that candle; absent or null is unknown. */
  readonly candleRange?: number | null;
  /** Absent: version 1. */
  readonly matching?: Matching;
};

/** `slippage` and `fee` are costs in quote currency, never negative. */
export type MarketFill = {
  readonly side: OrderSide;
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly fee: Decimal;
  readonly slippage: Decimal;
};

/** Fills a whole market order: half the spread and impact against the trader, and the taker fee (TRADING 6). */
export const fillMarketOrder = (order: MarketOrder): MarketFill => {
  const { price } = quoteFromCandle({
    ...order,
    price: order.referencePrice,
    orderValue: order.referencePrice.times(order.quantity),
  });
  return {
    side: order.side,
    price,
    quantity: order.quantity,
    fee: feeOf(price, order.quantity, order.takerFeeRate),
    slippage: toMoney(price.minus(order.referencePrice).abs().times(order.quantity)),
  };
};

export const entrySideOf = (side: "long" | "short"): OrderSide => (side === "long" ? "buy" : "sell");
export const exitSideOf = (side: "long" | "short"): OrderSide => (side === "long" ? "sell" : "buy");
