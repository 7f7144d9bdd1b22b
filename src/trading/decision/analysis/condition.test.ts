import { expect, it } from "vitest";
import { allOf, anyOf, compare, type Truth } from "./condition";

it.each<[Truth[], any: Truth, all: Truth]>([
  [[], false, true],
  [[true, false], true, false],
  [[true, null], true, null],
  [[false, null], null, false],
  [[true, true], true, true],
  [[false, false], false, false],
  [[null], null, null],
])("any and all of %j are %j and %j: unknown only where the missing part decides", (truths, any, all) => {
  expect(anyOf(truths)).toBe(any);
  expect(allOf(truths)).toBe(all);
});

it("compares strictly, and knows nothing of what is unknown", () => {
  const met = (value: number | null, operator: "<" | ">", threshold: number | null) =>
    compare({ condition: "c", value, operator, threshold }).met;
  expect([met(2, ">", 1), met(1, ">", 1), met(1, "<", 1), met(0, "<", 1)]).toEqual([true, false, false, true]);
  expect([met(null, "<", 1), met(0, ">", null)]).toEqual([null, null]);
});
