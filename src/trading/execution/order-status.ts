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

/** The allowed steps. Only an answer of the venue ends `unknown`. A cancelled order may still be filled. */
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

/** The status after `event`. A step that is not allowed is our own fault and throws InvariantError. */
export const nextOrderStatus = (status: OrderStatus, event: OrderEvent): OrderStatus => {
  const next = NEXT[status][event];
  if (!next) throw new InvariantError(`an order that is ${status} cannot ${event}`);
  return next;
};

type OutcomeStatus = "accepted" | "partiallyFilled" | "filled" | "canceled" | "expired" | "rejected" | "unknown";

/** The events for each outcome, preferred one first. Fills report themselves, so they have none here. */
const EVENTS_OF: Readonly<Record<OutcomeStatus, readonly OrderEvent[]>> = {
  accepted: ["accept"],
  partiallyFilled: [],
  filled: [],
  canceled: ["cancel"],
  expired: ["expire"],
  // A venue may take an accepted order back.
  rejected: ["reject", "cancel"],
  unknown: ["lose"],
};

/**
 * The event that a venue's answer, apart from fills, means for an order in `status`; null: nothing new. An unclear
 * answer makes only a submitting order `unknown`. An order that the venue has accepted keeps its status and is asked
 * about again.
 */
export const eventOfOutcome = (status: OrderStatus, outcome: OutcomeStatus): OrderEvent | null => {
  if (isTerminal(status) || (outcome === "unknown" && status !== "submitting")) return null;
  return EVENTS_OF[outcome].find((event) => NEXT[status][event] !== undefined) ?? null;
};
