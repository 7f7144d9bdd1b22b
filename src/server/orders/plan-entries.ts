import { nextOrderStatus } from "~/trading/execution/order-status";
import { averagePrice } from "~/trading/portfolio/apply-fill";
import { planEntry } from "../books/book-entry";
import type { BotBooks } from "../books/bot-books";
import { toColumn } from "../db/amounts";
import { Prisma } from "../db/prisma";
import type { Told } from "../live/append-live-event";
import { checkFeeCurrency, toEntry, type Booking, type ToldFill } from "./book-fill";
import type { Answer } from "./book-outcome";

/** An entry that was just sent and filled whole by one fill; null: anything else. */
const toWholeEntry = ({ order, outcome, mark }: Answer): ToldFill | null => {
  if (order.purpose !== "entry" || outcome.status !== "filled") return null;
  const [fill, ...more] = outcome.fills;
  if (!fill || more.length > 0 || !fill.quantity.eq(order.quantity)) return null;
  return { order, venueOrderId: outcome.venueOrderId, fill, mark };
};

const countWhole = ({ order, venueOrderId, fill }: ToldFill, when: Prisma.Sql): Prisma.Sql => Prisma.sql`
  UPDATE orders SET status = ${nextOrderStatus("submitting", "fill")}::"OrderStatus", updated_at = clock_timestamp(),
    venue_order_id = coalesce(${venueOrderId}, venue_order_id), filled_quantity = ${toColumn(fill.quantity)}::numeric,
    average_price = ${toColumn(averagePrice(fill.price.times(fill.quantity), fill.quantity))}::numeric
  WHERE id = ${order.orderId}::uuid AND status = 'submitting' AND ${when}`;

type Planned = { readonly writes: readonly Prisma.Sql[]; readonly told: readonly Told[] };

/**
 * The writes that book answers of which each opens a position whole, on the bot's books and where `when` is true. Null:
 * one does not, or its order is no longer on its way.
 */
export const planEntries = (
  booking: Booking,
  { positions, submitting }: BotBooks,
  { answers, when }: { readonly answers: readonly Answer[]; readonly when: Prisma.Sql },
): Planned | null => {
  const { context } = booking;
  const entries = answers.flatMap((answer) => toWholeEntry(answer) ?? []);
  const marketIds = entries.map(({ order }) => order.marketId);
  const isPlain =
    entries.length === answers.length &&
    new Set(marketIds).size === marketIds.length &&
    entries.every(({ order }) => submitting.includes(order.orderId)) &&
    positions.every(({ marketId }) => !marketIds.includes(marketId));
  if (!isPlain) return null;
  for (const { fill } of entries) checkFeeCurrency(context, fill);
  const planned = entries.map((told) => planEntry(context, toEntry(booking, told), when));
  return {
    writes: [...planned.flatMap(({ writes }) => writes), ...entries.map((told) => countWhole(told, when))],
    told: planned.map(({ event }) => ({ userId: context.userId, event })),
  };
};
