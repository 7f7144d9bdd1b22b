import type { ExchangeFill, OrderOutcome } from "~/trading/execution/exchange";
import { invariant } from "~/trading/invariant";
import type { Decimal } from "~/trading/money";
import { modeExitOf } from "~/trading/portfolio/exit-reason";
import { nextOrderStatus, type OrderEvent } from "~/trading/execution/order-status";
import { findMarket, type BotContext } from "../bot-context";
import { bookEntry } from "../books/book-entry";
import { bookExit } from "../books/book-exit";
import { loadOpenPositions } from "../books/positions";
import { toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { PendingOrder } from "./pending-orders";

type Booking = { readonly context: BotContext; readonly newId: () => string };
type Answer = { readonly order: PendingOrder; readonly outcome: OrderOutcome; readonly mark: Decimal | null };

const closeOrder = (tx: Transaction, order: PendingOrder, { event, reason }: { event: OrderEvent; reason: string }) =>
  tx.order.update({
    where: { id: order.orderId },
    data: { status: nextOrderStatus("submitting", event), statusReason: reason },
  });

const recordFill = (
  tx: Transaction,
  order: PendingOrder,
  filled: { readonly venueOrderId: string; readonly fill: ExchangeFill },
) =>
  tx.order.update({
    where: { id: order.orderId },
    data: {
      status: nextOrderStatus("submitting", "fill"),
      venueOrderId: filled.venueOrderId,
      filledQuantity: toColumn(filled.fill.quantity),
      averagePrice: toColumn(filled.fill.price),
    },
  });

const bookFill = async (
  tx: Transaction,
  { context, newId }: Booking,
  { order, fill, mark }: { readonly order: PendingOrder; readonly fill: ExchangeFill; readonly mark: Decimal | null },
): Promise<boolean> => {
  if (order.purpose === "entry") {
    const market = findMarket(context, order.marketId);
    invariant(market, `order ${order.clientOrderId} has no market`);
    const entry = {
      ...order,
      market,
      side: order.positionSide,
      fill,
      fillId: newId(),
      positionId: newId(),
      mark: mark ?? fill.price,
    };
    await bookEntry(tx, context, entry);
    return true;
  }
  const position = (await loadOpenPositions(tx, context.botId)).find(({ id }) => id === order.positionId);
  // The guard may have closed it since the gate looked.
  if (!position) return false;
  await bookExit(tx, context, {
    position,
    orderId: order.orderId,
    fillId: newId(),
    venueFillId: fill.venueFillId,
    fill: { ...fill, side: order.side },
    filledAt: fill.filledAt,
    bookedAt: fill.filledAt,
    reason: modeExitOf(order.kind),
  });
  return true;
};

/** Books what came of one order. Only what the venue says was filled is a fill; an unclear answer stays `unknown`. */
export const bookOutcome = async (
  tx: Transaction,
  booking: Booking,
  { order, outcome, mark }: Answer,
): Promise<OrderOutcome["status"]> => {
  if (outcome.status !== "filled") {
    await closeOrder(tx, order, { event: outcome.status === "unknown" ? "lose" : "reject", reason: outcome.reason });
    return outcome.status;
  }
  const [fill, ...more] = outcome.fills;
  invariant(
    fill && more.length === 0 && fill.quantity.eq(order.quantity),
    `order ${order.clientOrderId} fills whole, at once`,
  );
  const isBooked = await bookFill(tx, booking, { order, fill, mark });
  if (!isBooked) {
    await closeOrder(tx, order, { event: "reject", reason: "its position was closed before" });
    return "rejected";
  }
  await recordFill(tx, order, { venueOrderId: outcome.venueOrderId, fill });
  return "filled";
};
