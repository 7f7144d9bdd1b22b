import { expect, it } from "vitest";
import { positionSideSchema } from "./position-side";

it("a position is long or short, and nothing else", () => {
  expect(["long", "short"].map((side) => positionSideSchema.parse(side))).toEqual(["long", "short"]);
  expect(positionSideSchema.safeParse("").success).toBe(false);
});
