import { describe, expect, it } from "vitest";
import { InvariantError } from "../invariant";
import {
  eventOfOutcome,
  isTerminal,
  nextOrderStatus,
  ORDER_STATUSES,
  type OrderEvent,
  type OrderStatus,
} from "./order-status";

const EVENTS: readonly OrderEvent[] = ["submit", "accept", "fillPart", "fill", "cancel", "reject", "expire", "lose"];

/** Every step an order may take: from, event, to. */
const LEGAL = `
pending          submit    submitting
pending          reject    rejected
pending          expire    expired
submitting       accept    accepted
submitting       fillPart  partiallyFilled
submitting       fill      filled
submitting       cancel    canceled
submitting       reject    rejected
submitting       expire    expired
submitting       lose      unknown
accepted         fillPart  partiallyFilled
accepted         fill      filled
accepted         cancel    canceled
accepted         expire    expired
accepted         lose      unknown
partiallyFilled  fillPart  partiallyFilled
partiallyFilled  fill      filled
partiallyFilled  cancel    canceled
partiallyFilled  expire    expired
partiallyFilled  lose      unknown
unknown          submit    submitting
unknown          accept    accepted
unknown          fillPart  partiallyFilled
unknown          fill      filled
unknown          cancel    canceled
unknown          reject    rejected
unknown          expire    expired
canceled         fillPart  canceled
canceled         fill      filled
`
  .trim()
  .split("\n")
  .map((line) => line.split(/\s+/) as [OrderStatus, OrderEvent, OrderStatus]);

const isLegal = (status: OrderStatus, event: OrderEvent) => LEGAL.some(([from, by]) => from === status && by === event);
const illegal = ORDER_STATUSES.flatMap((status) =>
  EVENTS.filter((event) => !isLegal(status, event)).map((event): [OrderStatus, OrderEvent] => [status, event]),
);

describe("order status", () => {
  it.each(LEGAL)("an order that is %s may %s and is then %s", (from, event, to) => {
    expect(nextOrderStatus(from, event)).toBe(to);
  });

  it.each(illegal)("an order that is %s cannot %s", (status, event) => {
    expect(() => nextOrderStatus(status, event)).toThrow(InvariantError);
    expect(() => nextOrderStatus(status, event)).toThrow(`an order that is ${status} cannot ${event}`);
  });

  it("leaves a terminal status only for a late fill of a cancelled order", () => {
    expect(ORDER_STATUSES.filter(isTerminal)).toEqual(["filled", "canceled", "rejected", "expired"]);
    expect(LEGAL.filter(([from]) => isTerminal(from)).map((step) => step.join(" "))).toEqual([
      "canceled fillPart canceled",
      "canceled fill filled",
    ]);
  });

  it("can always end", () => {
    const dead = ORDER_STATUSES.filter(
      (status) => !isTerminal(status) && !LEGAL.some(([from, , to]) => from === status && isTerminal(to)),
    );
    expect(dead).toEqual([]);
  });
});

describe("what a venue says of an order", () => {
  it.each([
    ["submitting", "accepted", "accept"],
    ["submitting", "unknown", "lose"],
    ["submitting", "rejected", "reject"],
    ["unknown", "accepted", "accept"],
    ["unknown", "rejected", "reject"],
    ["accepted", "canceled", "cancel"],
    ["partiallyFilled", "expired", "expire"],
    // The venue takes an accepted order back.
    ["accepted", "rejected", "cancel"],
    // Nothing new.
    ["accepted", "accepted", null],
    ["partiallyFilled", "accepted", null],
    ["accepted", "unknown", null],
    ["unknown", "unknown", null],
    // The fills themselves report these.
    ["submitting", "filled", null],
    ["submitting", "partiallyFilled", null],
    ["filled", "canceled", null],
    ["canceled", "unknown", null],
  ] as const)("of one that is %s: %s is %s", (status, outcome, event) => {
    expect(eventOfOutcome(status, outcome)).toBe(event);
  });

  it("is always a step that its status may take", () => {
    const outcomes = ["accepted", "partiallyFilled", "filled", "canceled", "expired", "rejected", "unknown"] as const;
    for (const status of ORDER_STATUSES) {
      for (const outcome of outcomes) {
        const event = eventOfOutcome(status, outcome);
        expect(event === null || isLegal(status, event)).toBe(true);
      }
    }
  });
});
