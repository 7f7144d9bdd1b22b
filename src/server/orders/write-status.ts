import { nextOrderStatus, type OrderEvent, type OrderStatus } from "~/trading/execution/order-status";
import { invariant } from "~/trading/invariant";
import type { Transaction } from "../db/client";

type OrderNews = {
  readonly event: OrderEvent;
  readonly reason?: string;
  readonly venueOrderId?: string | null;
  /** Of a fill: what is filled by then, and its average price. */
  readonly filled?: { readonly quantity: string; readonly averagePrice: string };
  /** The row's status, where the caller read it under the row's lock. */
  readonly from?: OrderStatus;
};

const lockStatus = async (tx: Transaction, orderId: string): Promise<OrderStatus> => {
  const [row] = await tx.$queryRaw<{ status: OrderStatus }[]>`
    SELECT status::text FROM orders WHERE id = ${orderId}::uuid FOR UPDATE`;
  invariant(row, `there is no order ${orderId}`);
  return row.status;
};

/**
 * The one writer of an order's status: locks the row, asks the transition table by the row's own status, and writes by
 * compare-and-set. Returns the status then. Throws InvariantError for an event that cannot follow, and writes nothing.
 */
export const writeStatus = async (tx: Transaction, orderId: string, news: OrderNews): Promise<OrderStatus> => {
  const from = news.from ?? (await lockStatus(tx, orderId));
  const status = nextOrderStatus(from, news.event);
  const { count } = await tx.order.updateMany({
    where: { id: orderId, status: from },
    data: {
      status,
      ...(news.reason !== undefined && { statusReason: news.reason }),
      ...(typeof news.venueOrderId === "string" && { venueOrderId: news.venueOrderId }),
      ...(news.filled && { filledQuantity: news.filled.quantity, averagePrice: news.filled.averagePrice }),
    },
  });
  invariant(count === 1, `order ${orderId} changed under its lock`);
  return status;
};

/** Writes of orders that nobody has sent that they are on their way, in one statement and by compare-and-set. */
export const submitPending = async (
  tx: Transaction,
  orders: readonly { readonly orderId: string }[],
): Promise<void> => {
  if (orders.length === 0) return;
  const status = nextOrderStatus("pending", "submit");
  const ids = orders.map(({ orderId }) => orderId);
  const { count } = await tx.order.updateMany({ where: { id: { in: ids }, status: "pending" }, data: { status } });
  invariant(count === ids.length, `of orders ${ids.join(", ")} one is no longer pending`);
};
