import { invariant } from "~/trading/invariant";
import { nextOrderStatus } from "~/trading/execution/order-status";
import type { OrderOutcome } from "~/trading/execution/exchange";
import type { BotContext } from "../bot-context";
import { inTransaction } from "../db/in-transaction";
import { loadMarketViews, type StoredMarketView } from "../market/market-views";
import type { Ports } from "../ports";
import { bookOutcome } from "./book-outcome";
import type { CycleRef } from "./cycle-ref";
import { renewLease } from "./lease";
import { loadPendingOrders, type PendingOrder } from "./pending-orders";
import { runStage } from "./run-stage";
import { startStage } from "./start-stage";

export type OrdersExecuted = { readonly filled: number; readonly rejected: number; readonly unknown: number };

type ExecutionPorts = Pick<Ports, "db" | "marketDataOf" | "newId" | "candles" | "contexts" | "exchangeOf">;

/** Commits that the orders are on their way before the first call, so that a crash leaves a question, not a secret. */
const markSubmitting = (ports: ExecutionPorts, cycle: CycleRef): Promise<PendingOrder[]> =>
  inTransaction(ports.db, async (tx) => {
    await renewLease(tx, cycle);
    const orders = await loadPendingOrders(tx, cycle.cycleId);
    const pending = orders.filter(({ status }) => status === "pending").map(({ orderId }) => orderId);
    await tx.order.updateMany({
      where: { id: { in: pending } },
      data: { status: nextOrderStatus("pending", "submit") },
    });
    return orders;
  });

const send = async (
  ports: ExecutionPorts,
  context: BotContext,
  {
    order,
    views,
    at,
  }: { readonly order: PendingOrder; readonly views: readonly StoredMarketView[]; readonly at: number },
): Promise<OrderOutcome> => {
  const view = views.find(({ marketId }) => marketId === order.marketId);
  invariant(view, `order ${order.clientOrderId} has no market`);
  if (view.referencePrice === null) return { status: "rejected", reason: "no price at this slot" };
  const exchange = await ports.exchangeOf(context.account);
  return exchange.placeOrder({
    clientOrderId: order.clientOrderId,
    rules: view.rules,
    side: order.side,
    quantity: order.quantity,
    isReduceOnly: order.purpose === "exit",
    referencePrice: view.referencePrice,
    candleValue: view.candleValue,
    at,
  });
};

/** Stage 5: sends what the gate let pass and books what came of it. */
export const executeOrders = async (ports: ExecutionPorts, cycle: CycleRef): Promise<OrdersExecuted> => {
  const stage = startStage(cycle, "execute-orders");
  const context = await ports.contexts(cycle.botId, cycle.settingsVersion);
  const orders = await markSubmitting(ports, cycle);
  const views = await loadMarketViews(ports, context, cycle.slot);
  const answered: { order: PendingOrder; outcome: OrderOutcome }[] = [];
  for (const order of orders) {
    answered.push({ order, outcome: await send(ports, context, { order, views, at: cycle.slot }) });
  }
  return runStage(ports.db, stage, async (tx) => {
    const counts = { filled: 0, rejected: 0, unknown: 0 };
    for (const { order, outcome } of answered) {
      const mark = views.find(({ marketId }) => marketId === order.marketId)?.mark ?? null;
      counts[await bookOutcome(tx, { context, newId: ports.newId }, { order, outcome, mark })] += 1;
    }
    return counts;
  });
};
