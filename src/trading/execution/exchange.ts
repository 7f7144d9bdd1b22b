import type { Decimal } from "../money";
import type { MarketRef, MarketTerms } from "../ports";
import type { OrderSide } from "./fill-market-order";

export type OrderType = "market" | "limit" | "stop" | "stopLimit";

/** An order as any venue takes it. `clientOrderId` is the same at each resend, so a resend cannot fill twice. */
export type ExchangeOrder = {
  readonly clientOrderId: string;
  readonly market: MarketTerms;
  readonly side: OrderSide;
  readonly type: OrderType;
  /** Base units. */
  readonly quantity: Decimal;
  /** Of limit and stopLimit, quote per base; else null. */
  readonly price: Decimal | null;
  /** Of stop and stopLimit, quote per base; else null. */
  readonly triggerPrice: Decimal | null;
  readonly isReduceOnly: boolean;
};

/** One fill. Its id is unique per account and market. `slippage` in quote, null where the venue tells none. */
export type ExchangeFill = {
  readonly venueFillId: string;
  readonly price: Decimal;
  readonly quantity: Decimal;
  readonly fee: Decimal;
  readonly feeCurrency: string;
  readonly slippage: Decimal | null;
  /** Venue time, ms. */
  readonly filledAt: number;
};

type Held = {
  /** null: the venue told none. */
  readonly venueOrderId: string | null;
  /** All fills so far, also those that were told before. */
  readonly fills: readonly ExchangeFill[];
};

/** What became of an order. `unknown` is not a refusal: it may have been filled, and must be asked about. */
export type OrderOutcome =
  | ({ readonly status: "accepted" | "partiallyFilled" | "filled" } & Held)
  | ({ readonly status: "canceled" | "expired"; readonly reason: string } & Held)
  | { readonly status: "rejected"; readonly reason: string }
  | { readonly status: "unknown"; readonly reason: string };

/** The venue knows no order of that client order id (yet). */
type OrderAbsent = { readonly status: "absent" };
export type FoundOutcome = OrderOutcome | OrderAbsent;

/** An order of an account by our own id for it. */
type OrderRef = { readonly clientOrderId: string; readonly market: MarketRef };

/**
 * The orders of one account at one venue. A call whose effect is unclear answers `unknown`, it does not throw; what
 * could not be asked at all throws VenueError.
 */
export type Exchange = {
  readonly placeOrder: (order: ExchangeOrder) => Promise<OrderOutcome>;
  readonly fetchOrder: (order: OrderRef) => Promise<FoundOutcome>;
  /** What became of the order after the venue was asked to end it; what was filled before stays filled. */
  readonly cancelOrder: (order: OrderRef) => Promise<FoundOutcome>;
  /** Client order ids of the orders that wait at the venue. */
  readonly listOpenOrders: () => Promise<readonly string[]>;
};

/** A market's price at an instant, by which paper money is matched. `candleValue`: quote traded in the last candle. */
type Quote = { readonly price: Decimal; readonly candleValue: Decimal | null; readonly at: number };

/** Where a paper exchange has the price of an order's market; null: none is known. */
export type QuoteSource = (order: Pick<ExchangeOrder, "clientOrderId">) => Quote | null;
