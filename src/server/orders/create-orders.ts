import type { Transaction } from "../db/client";
import type { Prisma } from "../db/prisma";

type NewOrder = {
  readonly orderId: string;
  readonly accountId: string;
  readonly intent: Pick<Prisma.OrderIntentCreateManyInput, "id" | "quantity" | "clientOrderId">;
};

/** A market order for each intent, whole, not sent yet. The first order of an intent goes by the intent's own id. */
export const createOrders = async (tx: Transaction, orders: readonly NewOrder[]): Promise<void> => {
  await tx.order.createMany({
    data: orders.map(({ orderId, accountId, intent }) => ({
      id: orderId,
      intentId: intent.id,
      accountId,
      clientOrderId: intent.clientOrderId,
      type: "market",
      quantity: intent.quantity,
    })),
  });
};
