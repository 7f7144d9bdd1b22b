import { expect, it } from "vitest";
import { findCloudCross, type CloudCross } from "./cloud-cross";

const CLOUD = { tenkan: 100, kijun: 100, spanA: 98, spanB: 102 };

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
  expect(
    findCloudCross(
      closes,
      closes.map(() => CLOUD),
    ),
  ).toBe(cross);
});

it("is unknown where the cloud is not warm", () => {
  expect(findCloudCross([90, 110], [undefined, CLOUD])).toBeNull();
  expect(findCloudCross([90, 110], [CLOUD, undefined])).toBeNull();
});
