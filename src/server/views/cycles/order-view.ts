import type { OrderView } from "~/contracts/cycle-view";
import type { Prisma } from "../../db/prisma";
import { priceDigitsOf } from "../price-digits";

/** An intent with the venue's orders and their fills, in the order in which they were filled. */
export const WITH_ORDER = {
  market: { select: { pair: true, tick: true } },
  orders: { include: { fills: { orderBy: [{ filledAt: "asc" }, { id: "asc" }] } }, orderBy: { createdAt: "asc" } },
} as const satisfies Prisma.OrderIntentInclude;

export type IntentRow = Prisma.OrderIntentGetPayload<{ include: typeof WITH_ORDER }>;
type FillRow = IntentRow["orders"][number]["fills"][number];

const toFillView = (fill: FillRow): OrderView["fills"][number] => ({
  id: fill.id,
  price: fill.price.toFixed(),
  quantity: fill.quantity.toFixed(),
  fee: fill.fee.toFixed(),
  slippage: fill.slippage?.toFixed() ?? null,
  filledAt: fill.filledAt,
  positionId: fill.positionId,
});

/** Orders as pages show them; none for an intent that has no order yet. */
export const toOrderViews = (intents: readonly IntentRow[]): OrderView[] =>
  intents.flatMap(({ orders, ...intent }) =>
    orders.map((order) => ({
      id: order.id,
      clientOrderId: order.clientOrderId,
      pair: intent.market.pair,
      priceDigits: priceDigitsOf(intent.market.tick),
      purpose: intent.purpose,
      kind: intent.kind,
      side: intent.side,
      positionSide: intent.positionSide,
      quantity: order.quantity.toFixed(),
      filledQuantity: order.filledQuantity.toFixed(),
      averagePrice: order.averagePrice?.toFixed() ?? null,
      leverage: intent.leverage.toFixed(),
      stopLoss: intent.stopLoss?.toFixed() ?? null,
      takeProfit: intent.takeProfit?.toFixed() ?? null,
      status: order.status,
      statusReason: order.statusReason,
      intendedAt: intent.intendedAt,
      fills: order.fills.map(toFillView),
    })),
  );
