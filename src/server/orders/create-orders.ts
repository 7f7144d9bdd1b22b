import type { Transaction } from "../db/client";
import { insertRows, type ColumnValues } from "../db/insert-rows";
import type { Prisma } from "../db/prisma";

type NewOrder = {
  readonly orderId: string;
  readonly accountId: string;
  readonly intent: { readonly id: string; readonly quantity: string; readonly clientOrderId: string };
};

const toRow = ({ orderId, accountId, intent }: NewOrder): ColumnValues => ({
  id: orderId,
  intent_id: intent.id,
  account_id: accountId,
  client_order_id: intent.clientOrderId,
  type: "market",
  quantity: intent.quantity,
});

/** A market order for each intent, whole, not sent yet. The first order of an intent goes by the intent's own id. */
export const insertOrders = (orders: readonly NewOrder[], when?: Prisma.Sql): Prisma.Sql =>
  insertRows("orders", orders.map(toRow), when);

export const createOrders = async (tx: Transaction, orders: readonly NewOrder[]): Promise<void> => {
  await tx.$executeRaw(insertOrders(orders));
};
