import { expect, it } from "vitest";
import { buildPosition } from "../portfolio/testing/position-builder";
import { mayEnter } from "./may-enter";

it.each([
  ["active", 1],
  ["reducing", 0],
  ["halted", 0],
] as const)(
  "of an entry in legs, a bot that is %s has %i still to come, and the rest of its plan stays",
  (state, left) => {
    const { exitPlan, ...position } = buildPosition();
    const planned = { ...position, exitPlan: { ...exitPlan, entryLegs: [{ price: "98", quantity: "1", fee: "0.1" }] } };
    const entered = mayEnter(planned, state);
    expect(entered.exitPlan.entryLegs).toHaveLength(left);
    expect({ ...entered, exitPlan: { ...entered.exitPlan, entryLegs: [] } }).toEqual({ ...position, exitPlan });
  },
);
