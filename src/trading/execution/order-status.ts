import { InvariantError } from "../invariant";

export const ORDER_STATUSES = [
  "pending",
  "submitting",
  "accepted",
  "partiallyFilled",
  "filled",
  "canceled",
  "rejected",
  "expired",
  "unknown",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

export type OrderEvent = "submit" | "accept" | "fillPart" | "fill" | "cancel" | "reject" | "expire" | "lose";

/** What may follow what. `unknown` is left only by proof; a fill may still arrive for a cancelled order. */
const NEXT: Record<OrderStatus, Partial<Record<OrderEvent, OrderStatus>>> = {
  pending: { submit: "submitting", reject: "rejected", expire: "expired" },
  submitting: {
    accept: "accepted",
    fillPart: "partiallyFilled",
    fill: "filled",
    cancel: "canceled",
    reject: "rejected",
    expire: "expired",
    lose: "unknown",
  },
  accepted: { fillPart: "partiallyFilled", fill: "filled", cancel: "canceled", expire: "expired", lose: "unknown" },
  partiallyFilled: {
    fillPart: "partiallyFilled",
    fill: "filled",
    cancel: "canceled",
    expire: "expired",
    lose: "unknown",
  },
  unknown: {
    submit: "submitting",
    accept: "accepted",
    fillPart: "partiallyFilled",
    fill: "filled",
    cancel: "canceled",
    reject: "rejected",
    expire: "expired",
  },
  filled: {},
  canceled: { fillPart: "canceled", fill: "filled" },
  rejected: {},
  expired: {},
};

export const isTerminal = (status: OrderStatus): boolean =>
  status === "filled" || status === "canceled" || status === "rejected" || status === "expired";

/** The status after `event`. An illegal pair is our own fault and throws InvariantError. */
export const nextOrderStatus = (status: OrderStatus, event: OrderEvent): OrderStatus => {
  const next = NEXT[status][event];
  if (!next) throw new InvariantError(`an order that is ${status} cannot ${event}`);
  return next;
};
