import { expect, it } from "vitest";
import { buildPosition } from "../portfolio/testing/position-builder";
import { keepLegs } from "./keep-legs";

it.each([
  ["active", 1],
  ["reducing", 0],
  ["halted", 0],
] as const)(
  "of an entry in legs, a bot that is %s has %i still to come, and the rest of its plan stays",
  (state, left) => {
    const { exitPlan, ...position } = buildPosition();
    const legs = [{ price: "98", quantity: "1", fee: "0.1" }];
    const entered = keepLegs({ ...position, exitPlan: { ...exitPlan, entryLegs: legs } }, state);
    const [entryLegs, droppedLegs] = left === 1 ? [legs, []] : [[], legs];
    expect(entered).toEqual({ ...position, exitPlan: { ...exitPlan, entryLegs, droppedLegs } });
  },
);
