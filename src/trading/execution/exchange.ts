import type { Decimal } from "../money";
import type { MarketRef, MarketTerms } from "../ports";
import type { OrderSide } from "./fill-market-order";
import type { Liquidity } from "./liquidity";

export type OrderType = "market" | "limit" | "stop" | "stopLimit";

/** An order in a form for any venue. Each resend has the same `clientOrderId`, so a resend cannot fill twice. */
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

/** One fill. Its id is unique per account and market. `slippage` in quote, null where the venue reports none. */
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
  /** null: the venue gave none. */
  readonly venueOrderId: string | null;
  /** All fills so far, including those reported before. */
  readonly fills: readonly ExchangeFill[];
};

/** What became of an order. `unknown` is not a refusal: the order may be filled, so ask the venue about it. */
export type OrderOutcome =
  | ({ readonly status: "accepted" | "partiallyFilled" | "filled" } & Held)
  | ({ readonly status: "canceled" | "expired"; readonly reason: string } & Held)
  | { readonly status: "rejected"; readonly reason: string }
  | { readonly status: "unknown"; readonly reason: string };

/** The venue does not know that client order id (yet). */
type OrderAbsent = { readonly status: "absent" };
export type FoundOutcome = OrderOutcome | OrderAbsent;

/** An order of an account by our own id for it. */
type OrderRef = { readonly clientOrderId: string; readonly market: MarketRef };

/**
 * The orders of one account at one venue. A call whose effect is unclear answers `unknown` and does not throw. A call
 * that never reached the venue throws VenueError.
 */
export type Exchange = {
  readonly placeOrder: (order: ExchangeOrder) => Promise<OrderOutcome>;
  readonly fetchOrder: (order: OrderRef) => Promise<FoundOutcome>;
  /** Asks the venue to end the order, and answers what became of it. Earlier fills stay. */
  readonly cancelOrder: (order: OrderRef) => Promise<FoundOutcome>;
  /** Client order ids of the open orders at the venue. */
  readonly listOpenOrders: () => Promise<readonly string[]>;
};

/** A market's price at an instant, at which paper orders are filled, with what they find there. */
type Quote = Liquidity & { readonly price: Decimal; readonly at: number };

/** Gives a paper exchange the price of an order's market; null: it is unknown. */
export type QuoteSource = (order: Pick<ExchangeOrder, "clientOrderId">) => Quote | null;
