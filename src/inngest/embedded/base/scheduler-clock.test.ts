import { expect, it } from "vitest";
import { createSteppedClock, isStepped, wallSchedulerClock } from "./scheduler-clock";

it("a stepped clock stands still, jumps on, and never runs back", () => {
  const clock = createSteppedClock(1000);
  expect(clock.now()).toBe(1000);
  clock.jumpTo(1000);
  clock.jumpTo(2500);
  expect(clock.now()).toBe(2500);
  expect(() => clock.jumpTo(2499)).toThrow(RangeError);
  expect(() => clock.jumpTo(Number.NaN)).toThrow(RangeError);
  expect(clock.now()).toBe(2500);
});

it("the wall clock is not stepped", () => {
  expect(isStepped(wallSchedulerClock)).toBe(false);
  expect(isStepped(createSteppedClock(0))).toBe(true);
});
