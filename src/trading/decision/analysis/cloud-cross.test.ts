import { expect, it } from "vitest";
import { cloudCrossAt, toCloudSides, type CloudCross } from "./cloud-cross";

/** Closes and a cloud of 98 to 102 at each. */
const crossOf = (closes: readonly number[], warm = 0): CloudCross | null => {
  const sides = toCloudSides(closes, { spanA: closes.map(() => 98), spanB: closes.map(() => 102) });
  return cloudCrossAt(sides, { last: closes.length - 1, warm });
};

it.each<[string, number[], CloudCross | null]>([
  ["up in one candle", [90, 110], "up"],
  ["up through the inside", [90, 100, 101, 110], "up"],
  ["down through the inside", [110, 100, 90], "down"],
  ["nothing where it came back out of a dip", [110, 100, 110], "none"],
  ["nothing inside the cloud", [90, 100], "none"],
  ["nothing on the cloud's edge", [90, 102], "none"],
  ["nothing on the candle after", [90, 110, 111], "none"],
  ["unknown when it was never outside before", [100, 101, 110], null],
  ["unknown with one candle", [110], null],
])("tells %s", (_, closes, cross) => {
  expect(crossOf(closes)).toBe(cross);
});

it("is unknown where the cloud is not warm, and reads no candle before it is", () => {
  expect(crossOf([90, 110], 1)).toBeNull();
  expect(crossOf([90, 110], 2)).toBeNull();
  expect(crossOf([90, 100, 110], 1)).toBeNull();
  expect(crossOf([90, 90, 110], 1)).toBe("up");
});
