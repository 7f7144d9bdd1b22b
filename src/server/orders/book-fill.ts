import type { ExchangeFill } from "~/trading/execution/exchange";
import type { OrderStatus } from "~/trading/execution/order-status";
import { invariant } from "~/trading/invariant";
import { ZERO, type Decimal } from "~/trading/money";
import { averagePrice } from "~/trading/portfolio/apply-fill";
import { growEntryLegs, shrinkLegs } from "~/trading/portfolio/entry-legs";
import { exitReasonSchema, modeExitOf } from "~/trading/portfolio/exit-reason";
import { findMarket, type BotContext } from "../bot-context";
import { bookEntry, type EntryBooking } from "../books/book-entry";
import { fundingOfExit } from "~/trading/settlement/funding";
import { loadFunding } from "../market/recorded-funding";
import { bookExit } from "../books/book-exit";
import { enlargeEntry } from "../books/enlarge-entry";
import { lastPostingOf } from "../books/ledger";
import { loadOpenPositions, type StoredPosition } from "../books/positions";
import { fromColumn, fromColumnOrNull, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { StoredOrder } from "./stored-order";
import { writeStatus } from "./write-status";

export type Booking = {
  readonly context: BotContext;
  readonly newId: () => string;
  /**
   * Venue time (ms) of the look that found the fills: all is posted at it. Equity was marked before it, and a cycle's
   * equity, marked by its slot, has what it found, also where that was filled after the slot.
   */
  readonly lookedAt: number;
};

/** A fill of an order as the venue told it. `mark`: what the market's price is taken to be; null: that of the fill. */
export type ToldFill = {
  readonly order: StoredOrder;
  readonly venueOrderId: string | null;
  readonly fill: ExchangeFill;
  readonly mark: Decimal | null;
};

/** The order's status after the fill. `homeless`: an exit's fill of a position that is closed; it is not booked. */
export type BookedFill = OrderStatus | "known" | "homeless";

type Amount = { toString(): string };
type Counted = {
  readonly status: OrderStatus;
  readonly filledQuantity: Amount;
  readonly averagePrice: Amount | null;
  /** The order that the fill was booked for before; null: none. */
  readonly knownOf: string | null;
};

/** Locks the order's row. Null: the fill is known. */
const lockCounted = async (tx: Transaction, { account }: BotContext, told: ToldFill): Promise<Counted | null> => {
  const { order, fill } = told;
  const [row] = await tx.$queryRaw<Counted[]>`
    SELECT o.status::text, o.filled_quantity AS "filledQuantity", o.average_price AS "averagePrice",
      (SELECT f.order_id FROM fills f WHERE f.account_id = ${account.id}::uuid AND f.market_id = ${order.marketId}
        AND f.venue_fill_id = ${fill.venueFillId}) AS "knownOf"
    FROM orders o WHERE o.id = ${order.orderId}::uuid FOR UPDATE OF o`;
  invariant(row, `there is no order ${order.orderId}`);
  invariant(row.knownOf === null || row.knownOf === order.orderId, `fill ${fill.venueFillId} is of another order`);
  return row.knownOf === null ? row : null;
};

export const checkFeeCurrency = ({ currency }: BotContext, { venueFillId, feeCurrency }: ExchangeFill): void => {
  invariant(feeCurrency === currency, `fill ${venueFillId} has a fee in ${feeCurrency}`);
};

/** What is filled of the order by then, in one write with the status that follows from it. */
const countFill = (tx: Transaction, { order, venueOrderId, fill }: ToldFill, row: Counted): Promise<OrderStatus> => {
  const before = fromColumn(row.filledQuantity);
  const quantity = before.plus(fill.quantity);
  invariant(quantity.lte(order.quantity), `order ${order.clientOrderId} was filled beyond its quantity`);
  const value = (fromColumnOrNull(row.averagePrice) ?? ZERO).times(before).plus(fill.price.times(fill.quantity));
  return writeStatus(tx, order.orderId, {
    from: row.status,
    event: quantity.eq(order.quantity) ? "fill" : "fillPart",
    venueOrderId,
    filled: { quantity: toColumn(quantity), averagePrice: toColumn(averagePrice(value, quantity)) },
  });
};

/** The fill that opens a position, as it is booked. */
export const toEntry = ({ context, newId, lookedAt }: Booking, { order, fill, mark }: ToldFill): EntryBooking => {
  const market = findMarket(context, order.marketId);
  invariant(market, `order ${order.clientOrderId} has no market`);
  const { orderId, leverage, stopLoss, takeProfit, exits, legs, positionSide: side } = order;
  return {
    orderId,
    fillId: newId(),
    positionId: newId(),
    fill,
    bookedAt: lookedAt,
    leverage,
    stopLoss,
    takeProfit,
    exits,
    legs: shrinkLegs(legs, { filled: fill.quantity, ordered: order.quantity, lot: market.rules.lot }),
    side,
    market,
    // A late fill opens by the settings of the cycle that ordered it.
    settingsVersion: order.orderedBy ?? context.settingsVersion,
    mark: mark ?? fill.price,
  };
};

const bookEntryFill = async (tx: Transaction, booking: Booking, told: ToldFill): Promise<void> => {
  const { context, newId, lookedAt } = booking;
  const { order, fill } = told;
  const held = (await loadOpenPositions(tx, context.botId)).find(({ marketId }) => marketId === order.marketId);
  if (!held) return bookEntry(tx, context, toEntry(booking, told));
  invariant(held.side === order.positionSide, `order ${order.clientOrderId} enters against position ${held.id}`);
  const market = findMarket(context, order.marketId);
  invariant(market, `order ${order.clientOrderId} has no market`);
  const { lot } = market.rules;
  const { orderId, quantity: ordered } = order;
  const { _sum: sum } = await tx.fill.aggregate({ where: { positionId: held.id, orderId }, _sum: { quantity: true } });
  const before = fromColumnOrNull(sum.quantity) ?? ZERO;
  const filled = before.plus(fill.quantity);
  const entryLegs = [...growEntryLegs(held.exitPlan.entryLegs, order.legs, { filled, ordered, lot })];
  const position = { ...held, exitPlan: { ...held.exitPlan, entryLegs } };
  // A position may be added to once: by an order of its own, whose first fill counts.
  const isAddition = before.isZero();
  return enlargeEntry(tx, context, {
    orderId,
    fillId: newId(),
    fill,
    bookedAt: lookedAt,
    position,
    steps: market.rules,
    isAddition,
  });
};

/** A leg that settling found: the plan has counted it before. */
const bookLegFill = async (tx: Transaction, booking: Booking, { order, fill }: ToldFill): Promise<boolean> => {
  const { context, newId, lookedAt } = booking;
  const position = (await loadOpenPositions(tx, context.botId)).find(({ id }) => id === order.positionId);
  if (!position) return false;
  const { orderId } = order;
  // An entry booked late is posted late, and its legs never before it.
  const bookedAt = Math.max(lookedAt, await lastPostingOf(tx, position.id));
  await enlargeEntry(tx, context, { orderId, fillId: newId(), fill, bookedAt, position, steps: undefined });
  return true;
};

/** What a paper exit still gets; a venue's own account is paid by the venue. */
const fundingDue = async (
  tx: Transaction,
  context: BotContext,
  { position, fill }: { readonly position: StoredPosition; readonly fill: ExchangeFill },
): Promise<Decimal> => {
  const market = findMarket(context, position.marketId);
  if (context.account.kind !== "paper" || !market) return ZERO;
  const recorded = await loadFunding(tx, market.rules, { position, through: fill.filledAt });
  return fundingOfExit(position, fill, recorded);
};

const bookExitFill = async (tx: Transaction, booking: Booking, { order, fill }: ToldFill): Promise<boolean> => {
  const { context, newId, lookedAt } = booking;
  const position = (await loadOpenPositions(tx, context.botId)).find(({ id }) => id === order.positionId);
  // The guard may have closed it since the gate looked.
  if (!position) return false;
  const isOfMode = order.purpose !== "protective";
  const market = findMarket(context, order.marketId);
  invariant(market, `order ${order.clientOrderId} has no market`);
  await bookExit(tx, context, {
    position,
    orderId: order.orderId,
    fillId: newId(),
    fill,
    funding: await fundingDue(tx, context, { position, fill }),
    bookedAt: lookedAt,
    reason: isOfMode ? modeExitOf(order.kind) : exitReasonSchema.parse(order.kind),
    ...(isOfMode && { termsOfRest: { terms: order.exits, tick: market.rules.tick } }),
  });
  return true;
};

/** False: the position that it belongs to is closed. */
const bookByPurpose = async (tx: Transaction, booking: Booking, told: ToldFill): Promise<boolean> => {
  const { purpose } = told.order;
  if (purpose === "leg") return bookLegFill(tx, booking, told);
  if (purpose !== "entry") return bookExitFill(tx, booking, told);
  await bookEntryFill(tx, booking, told);
  return true;
};

/**
 * Books one fill of an order, once, under the bot's lock: an entry's first opens the position and further ones and its
 * legs enlarge it, an exit's reduce it and the last closes it. The order counts it in the same transaction.
 */
export const bookFill = async (tx: Transaction, booking: Booking, told: ToldFill): Promise<BookedFill> => {
  const { context } = booking;
  const { fill } = told;
  const counted = await lockCounted(tx, context, told);
  if (counted === null) return "known";
  checkFeeCurrency(context, fill);
  if (!(await bookByPurpose(tx, booking, told))) return "homeless";
  return countFill(tx, told, counted);
};
