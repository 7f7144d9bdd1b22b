import type { OrderView } from "~/contracts/cycle-view";
import type { PositionView } from "~/contracts/position-view";

type Position = Pick<PositionView, "orders" | "closed" | "mark" | "markedAt">;

/** What happened to a position at an instant of venue time. */
export type PositionEvent = {
  readonly key: string;
  readonly at: Date;
  readonly kind: "ordered" | "filled" | "marked";
  readonly order: OrderView | null;
  readonly price: string | null;
  readonly quantity: string | null;
};

const eventsOf = (order: OrderView): PositionEvent[] => [
  { key: order.id, at: order.intendedAt, kind: "ordered", order, price: null, quantity: order.quantity },
  ...order.fills.map(({ id, filledAt, price, quantity }) => ({
    key: id,
    at: filledAt,
    kind: "filled" as const,
    order,
    price,
    quantity,
  })),
];

/** From the first order to the last fill, or an open position's newest mark. Ties keep the orders' order. */
export const listEvents = ({ orders, closed, mark, markedAt }: Position): PositionEvent[] => {
  const now: PositionEvent[] = closed
    ? []
    : [{ key: "mark", at: markedAt, kind: "marked", order: null, price: mark, quantity: null }];
  return [...orders.flatMap(eventsOf), ...now].toSorted((first, second) => first.at.getTime() - second.at.getTime());
};
