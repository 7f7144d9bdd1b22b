import fc from "fast-check";
import { expect, it } from "vitest";
import { describeWait } from "./describe-wait";

it.each([
  [-60_000, "due now"],
  [0, "due now"],
  [720, "due now"],
  [1000, "in 1 s of market time"],
  [9999, "in 9 s of market time"],
  [83_500, "in 1 min 23 s of market time"],
  [9_780_000, "in 2 h 43 min of market time"],
])("a wait of %d ms is %j", (waitMs, text) => expect(describeWait(waitMs, " of market time")).toBe(text));

it("never tells of less than a second", () => {
  fc.assert(
    fc.property(fc.integer(), (waitMs) => {
      expect(describeWait(waitMs)).not.toMatch(/ ms|\./);
    }),
  );
});
