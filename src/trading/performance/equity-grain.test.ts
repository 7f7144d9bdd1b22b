import { expect, it } from "vitest";
import { grainOf } from "./equity-grain";

const DAY = 86_400;

it.each([
  [7 * DAY, 300, 300],
  [7 * DAY + 1, 300, 3600],
  [90 * DAY, 300, 3600],
  [90 * DAY + 1, 300, DAY],
  [8 * DAY, 4 * 3600, 4 * 3600],
  [91 * DAY, 2 * DAY, 2 * DAY],
])("a point of %d s ago is kept every so often: of a bot of %d s, %d s", (age, interval, grain) => {
  expect(grainOf(age, interval)).toBe(grain);
});
