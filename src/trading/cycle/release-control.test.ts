import { expect, it } from "vitest";
import { decimal } from "../money";
import { buildPosition } from "../portfolio/testing/position-builder";
import { releaseControl } from "./release-control";

it.each([
  ["a stop and a target", {}],
  ["a stop alone", { takeProfit: null }],
  ["a target alone", { stopLoss: null, takeProfit: decimal(120) }],
])("a control's position loses %s", (_case, levels) => {
  const bound = buildPosition(levels);
  expect(releaseControl(bound, true)).toEqual({ ...bound, stopLoss: null, takeProfit: null });
});

it("a position without levels stays the same, and so does any other bot's", () => {
  const free = buildPosition({ stopLoss: null, takeProfit: null });
  expect(releaseControl(free, true)).toBe(free);
  const bound = buildPosition();
  expect(releaseControl(bound, false)).toBe(bound);
});
