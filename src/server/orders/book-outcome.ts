import type { OrderOutcome } from "~/trading/execution/exchange";
import { eventOfOutcome, type OrderStatus } from "~/trading/execution/order-status";
import type { Decimal } from "~/trading/money";
import type { Transaction } from "../db/client";
import { bookFill, type BookedFill, type Booking } from "./book-fill";
import type { StoredOrder } from "./stored-order";
import { writeStatus } from "./write-status";

export type Answer = { readonly order: StoredOrder; readonly outcome: OrderOutcome; readonly mark: Decimal | null };

const readStatus = async (tx: Transaction, { orderId }: StoredOrder): Promise<OrderStatus> =>
  (await tx.order.findUniqueOrThrow({ where: { id: orderId }, select: { status: true } })).status;

/** Ends an exit whose position was closed by another order, so that there is nothing left to close. */
const closeHomeless = async (tx: Transaction, order: StoredOrder): Promise<void> => {
  const event = eventOfOutcome(await readStatus(tx, order), "rejected");
  if (event) await writeStatus(tx, order.orderId, { event, reason: "its position was closed before" });
};

/**
 * Writes what the venue says of the order itself, where the stored status can change by it. Returns that status.
 * `known`: the stored status, where this transaction wrote it.
 */
export const bookStanding = async (
  tx: Transaction,
  { order, outcome }: Pick<Answer, "order" | "outcome">,
  known?: OrderStatus,
): Promise<OrderStatus> => {
  const status = known ?? (await readStatus(tx, order));
  const event = eventOfOutcome(status, outcome.status);
  if (!event) return status;
  const told = "reason" in outcome ? { reason: outcome.reason } : {};
  const held = "venueOrderId" in outcome ? { venueOrderId: outcome.venueOrderId } : {};
  return writeStatus(tx, order.orderId, { event, ...told, ...held });
};

/** Books one fill that an outcome tells of. After a homeless one the order's further ones have no position either. */
export const bookToldFill = async (
  tx: Transaction,
  booking: Booking,
  told: Parameters<typeof bookFill>[2],
): Promise<BookedFill> => {
  const booked = await bookFill(tx, booking, told);
  if (booked === "homeless") await closeHomeless(tx, told.order);
  return booked;
};

/**
 * Books what came of one order, whatever of it was booked before. Only the venue's fills are fills; an unclear answer
 * stays `unknown`. Returns the order's status then.
 */
export const bookOutcome = async (tx: Transaction, booking: Booking, answer: Answer): Promise<OrderStatus> => {
  const { order, outcome, mark } = answer;
  let last: BookedFill = "known";
  if ("fills" in outcome) {
    const { fills, venueOrderId } = outcome;
    for (const fill of fills) {
      last = await bookToldFill(tx, booking, { order, venueOrderId, fill, mark });
      if (last === "homeless") break;
    }
  }
  return bookStanding(tx, answer, last === "known" || last === "homeless" ? undefined : last);
};
