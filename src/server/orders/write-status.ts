import { nextOrderStatus, type OrderEvent, type OrderStatus } from "~/trading/execution/order-status";
import { invariant } from "~/trading/invariant";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";

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

type Pending = readonly { readonly orderId: string }[];

/** Of orders that nobody has sent: they are on their way, by compare-and-set and where `when` is true. */
export const submittedWhere = (orders: Pending, when: Prisma.Sql): Prisma.Sql => Prisma.sql`
  UPDATE orders SET status = ${nextOrderStatus("pending", "submit")}::"OrderStatus", updated_at = clock_timestamp()
  WHERE id = ANY(${orders.map(({ orderId }) => orderId)}::uuid[]) AND status = 'pending' AND ${when}`;

export const submitPending = async (tx: Transaction, orders: Pending): Promise<void> => {
  if (orders.length === 0) return;
  const count = await tx.$executeRaw(submittedWhere(orders, Prisma.sql`true`));
  invariant(count === orders.length, "an order to be sent is no longer pending");
};
