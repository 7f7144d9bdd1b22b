import fc from "fast-check";
import { expect, it } from "vitest";
import { describeEvidence } from "./describe-evidence";

it.each([
  ["indicator", 43.12345678, 40, 1, "43.12", "40"],
  ["indicator", 12345678.9, -234567.8, 1, "12.35M", "−234,600"],
  ["indicator", 0.000123456, -0.00098765, 2, "0.0001235", "−0.0009876"],
  ["price", 42123.456, 41800, 1, "42,123.5", "41,800.0"],
  ["indicator", null, 40, 1, "—", "40"],
  ["indicator", 40.001, 40, 1, "40.001", "40"],
  ["price", 42123.44, 42123.42, 1, "42,123.44", "42,123.42"],
] as const)("%s %d against %d with %d price digits reads %s, %s", (unit, value, threshold, digits, one, other) =>
  expect(describeEvidence({ value, threshold }, { unit, priceDigits: digits })).toEqual({
    value: one,
    threshold: other,
  }),
);

it("an indicator has at most four significant digits, unless fewer than five would hide a difference", () => {
  const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Number(value.toPrecision(8)));
  const digitsOf = (text: string): number =>
    text
      .replace(/^[−0.,]*/, "")
      .replaceAll(/[^0-9]/g, "")
      .replace(/0+$/, "").length;
  fc.assert(
    fc.property(number, number, (value, threshold) => {
      const texts = describeEvidence({ value, threshold }, { unit: "indicator", priceDigits: 1 });
      expect(texts.value === texts.threshold).toBe(value === threshold);
      const isClose = value.toPrecision(4) === threshold.toPrecision(4);
      const most = Math.max(digitsOf(texts.value), digitsOf(texts.threshold));
      expect(isClose || most <= 4).toBe(true);
    }),
  );
});
