import type { OrderSide } from "./fill-market-order";
import type { MarketRules } from "../ports";
import type { Decimal } from "../money";

/** A market order as it is sent. `clientOrderId` is the same at each resend, so a resend cannot fill twice. */
type ExchangeOrder = {
  readonly clientOrderId: string;
  readonly rules: MarketRules;
  readonly side: OrderSide;
  readonly quantity: Decimal;
  readonly isReduceOnly: boolean;
  /** What a paper exchange fills at: price of the slot, and quote value of the last settlement candle (null unknown). */
  readonly referencePrice: Decimal;
  readonly candleValue: Decimal | null;
  /** Venue time of the order, ms. */
  readonly at: number;
};

export type ExchangeFill = {
  readonly venueFillId: string;
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly fee: Decimal;
  readonly slippage: Decimal;
  readonly filledAt: number;
};

/** What became of an order. `unknown` is not a refusal: it may have been filled, and must be asked about. */
export type OrderOutcome =
  | { readonly status: "filled"; readonly venueOrderId: string; readonly fills: readonly ExchangeFill[] }
  | { readonly status: "rejected"; readonly reason: string }
  | { readonly status: "unknown"; readonly reason: string };

export type Exchange = { readonly placeOrder: (order: ExchangeOrder) => Promise<OrderOutcome> };
