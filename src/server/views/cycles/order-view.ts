import { z } from "zod";
import type { OrderView } from "~/contracts/cycle-view";
import { entryLegSchema } from "~/trading/portfolio/entry-legs";
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

const legsSchema = z.array(entryLegSchema);

/** Legs that this version cannot read hide nothing else of their order. */
const toLegs = (legs: unknown): OrderView["legs"] =>
  (legsSchema.safeParse(legs).data ?? []).map(({ price, quantity }) => ({ price, quantity }));

/** Orders as pages show them; none for an intent that has no order yet. `additions`: see `findAdditions`. */
export const toOrderViews = (intents: readonly IntentRow[], additions: ReadonlySet<string>): OrderView[] =>
  intents.flatMap(({ orders, ...intent }) =>
    orders.map((order) => ({
      id: order.id,
      clientOrderId: order.clientOrderId,
      pair: intent.market.pair,
      priceDigits: priceDigitsOf(intent.market.tick),
      purpose: additions.has(intent.id) ? ("addition" as const) : intent.purpose,
      kind: intent.kind,
      side: intent.side,
      positionSide: intent.positionSide,
      quantity: order.quantity.toFixed(),
      filledQuantity: order.filledQuantity.toFixed(),
      averagePrice: order.averagePrice?.toFixed() ?? null,
      leverage: intent.leverage.toFixed(),
      stopLoss: intent.stopLoss?.toFixed() ?? null,
      takeProfit: intent.takeProfit?.toFixed() ?? null,
      legs: toLegs(intent.legs),
      status: order.status,
      statusReason: order.statusReason,
      intendedAt: intent.intendedAt,
      fills: order.fills.map(toFillView),
    })),
  );
