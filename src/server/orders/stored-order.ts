import type { PositionSide } from "~/trading/portfolio/position-side";
import type { ExchangeOrder, OrderType } from "~/trading/execution/exchange";
import type { OrderSide } from "~/trading/execution/fill-market-order";
import type { OrderStatus } from "~/trading/execution/order-status";
import { invariant } from "~/trading/invariant";
import type { Decimal } from "~/trading/money";
import { findMarket, type BotContext } from "../bot-context";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { Prisma } from "../db/prisma";
import { STANDING_SQL } from "./standing-sql";

/** An order with the intent behind it, as it stood when it was read. */
export type StoredOrder = {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly clientOrderId: string;
  readonly cycleId: string | null;
  readonly purpose: "entry" | "exit" | "protective" | "manual";
  readonly kind: string;
  readonly marketId: number;
  readonly positionId: string | null;
  readonly side: OrderSide;
  readonly positionSide: PositionSide;
  readonly type: OrderType;
  readonly quantity: Decimal;
  readonly price: Decimal | null;
  readonly triggerPrice: Decimal | null;
  readonly leverage: Decimal;
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
};

const WITH_INTENT = {
  intent: { include: { decision: { select: { sequence: true } } } },
} as const satisfies Prisma.OrderInclude;
type Row = Prisma.OrderGetPayload<{ include: typeof WITH_INTENT }>;

const toStoredOrder = ({ intent, ...order }: Row): StoredOrder => ({
  orderId: order.id,
  status: order.status,
  clientOrderId: order.clientOrderId,
  cycleId: intent.cycleId,
  purpose: intent.purpose,
  kind: intent.kind,
  marketId: intent.marketId,
  positionId: intent.positionId,
  side: intent.side,
  positionSide: intent.positionSide,
  type: order.type,
  quantity: fromColumn(order.quantity),
  price: fromColumnOrNull(order.price),
  triggerPrice: fromColumnOrNull(order.triggerPrice),
  leverage: fromColumn(intent.leverage),
  stopLoss: fromColumnOrNull(intent.stopLoss),
  takeProfit: fromColumnOrNull(intent.takeProfit),
});

export const loadOrder = async (tx: Transaction, orderId: string): Promise<StoredOrder> =>
  toStoredOrder(await tx.order.findUniqueOrThrow({ where: { id: orderId }, include: WITH_INTENT }));

/** A cycle's orders without an answer, exits first, then in the order of the decisions. */
export const loadUnansweredOrders = async (tx: Transaction, cycleId: string): Promise<StoredOrder[]> => {
  const rows = await tx.order.findMany({
    where: { status: { in: ["pending", "submitting"] }, intent: { cycleId, purpose: { in: ["entry", "exit"] } } },
    include: WITH_INTENT,
  });
  const rank = ({ intent }: Row): number => (intent.purpose === "exit" ? 0 : 1000) + (intent.decision?.sequence ?? 0);
  return rows.toSorted((first, second) => rank(first) - rank(second)).map(toStoredOrder);
};

/** A bot's orders that were sent and have not ended, as far as we know, oldest first. */
export const loadStandingOrders = async (
  tx: Transaction,
  { botId, account }: Pick<BotContext, "botId" | "account">,
): Promise<StoredOrder[]> => {
  // Mostly there are none. The partial index answers that, but needs the statuses written out in the query.
  const standing = await tx.$queryRaw<{ id: string }[]>`
    SELECT o.id FROM orders o JOIN order_intents i ON i.id = o.intent_id
    WHERE o.account_id = ${account.id}::uuid AND i.bot_id = ${botId}::uuid AND o.status IN ${STANDING_SQL}`;
  if (standing.length === 0) return [];
  const rows = await tx.order.findMany({
    where: { id: { in: standing.map(({ id }) => id) } },
    include: WITH_INTENT,
    orderBy: [{ intent: { intendedAt: "asc" } }, { clientOrderId: "asc" }],
  });
  return rows.map(toStoredOrder);
};

/** The order as a venue takes it. */
export const toExchangeOrder = (context: BotContext, order: StoredOrder): ExchangeOrder => {
  const market = findMarket(context, order.marketId);
  invariant(market, `order ${order.clientOrderId} has no market`);
  const { clientOrderId, side, type, quantity, price, triggerPrice } = order;
  const isReduceOnly = order.purpose !== "entry";
  return { clientOrderId, market: market.rules, side, type, quantity, price, triggerPrice, isReduceOnly };
};
