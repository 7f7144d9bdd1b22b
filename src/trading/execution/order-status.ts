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

type OutcomeStatus = "accepted" | "partiallyFilled" | "filled" | "canceled" | "expired" | "rejected" | "unknown";

/** In the order of preference; parts and wholes are told by the fills themselves. */
const EVENTS_OF: Readonly<Record<OutcomeStatus, readonly OrderEvent[]>> = {
  accepted: ["accept"],
  partiallyFilled: [],
  filled: [],
  canceled: ["cancel"],
  expired: ["expire"],
  // A venue may take back what it had accepted.
  rejected: ["reject", "cancel"],
  unknown: ["lose"],
};

/**
 * What the venue says of an order beside its fills, as the event it is for a row of `status`; null: nothing new. An
 * unclear answer loses only an order that was on its way: what a venue once held is asked about again as it is.
 */
export const eventOfOutcome = (status: OrderStatus, outcome: OutcomeStatus): OrderEvent | null => {
  if (isTerminal(status) || (outcome === "unknown" && status !== "submitting")) return null;
  return EVENTS_OF[outcome].find((event) => NEXT[status][event] !== undefined) ?? null;
};
