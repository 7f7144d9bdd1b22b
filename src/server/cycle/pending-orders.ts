import type { PositionSide } from "~/trading/decision/decision";
import type { OrderSide } from "~/trading/execution/fill-market-order";
import type { Decimal } from "~/trading/money";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";

/** An order of a cycle that has no answer yet, with the intent behind it. */
export type PendingOrder = {
  readonly orderId: string;
  readonly status: "pending" | "submitting";
  readonly clientOrderId: string;
  readonly purpose: "entry" | "exit";
  readonly kind: string;
  readonly marketId: number;
  readonly positionId: string | null;
  readonly side: OrderSide;
  readonly positionSide: PositionSide;
  readonly quantity: Decimal;
  readonly leverage: Decimal;
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
};

/** A cycle's unanswered orders, exits first, then in the order of the decisions. */
export const loadPendingOrders = async (tx: Transaction, cycleId: string): Promise<PendingOrder[]> => {
  const rows = await tx.orderIntent.findMany({
    where: { cycleId, purpose: { in: ["entry", "exit"] }, order: { status: { in: ["pending", "submitting"] } } },
    include: { order: true, decision: { select: { sequence: true } } },
  });
  const rank = (row: (typeof rows)[number]): number =>
    (row.purpose === "exit" ? 0 : 1000) + (row.decision?.sequence ?? 0);
  return rows
    .toSorted((first, second) => rank(first) - rank(second))
    .flatMap((row) => {
      if (!row.order) return [];
      return {
        orderId: row.order.id,
        status: row.order.status === "pending" ? ("pending" as const) : ("submitting" as const),
        clientOrderId: row.clientOrderId,
        purpose: row.purpose === "exit" ? ("exit" as const) : ("entry" as const),
        kind: row.kind,
        marketId: row.marketId,
        positionId: row.positionId,
        side: row.side,
        positionSide: row.positionSide,
        quantity: fromColumn(row.quantity),
        leverage: fromColumn(row.leverage),
        stopLoss: fromColumnOrNull(row.stopLoss),
        takeProfit: fromColumnOrNull(row.takeProfit),
      };
    });
};
