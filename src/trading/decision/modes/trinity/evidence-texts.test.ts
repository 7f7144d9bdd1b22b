import fc from "fast-check";
import { expect, it } from "vitest";
import { evidenceTexts } from "./evidence-texts";

it.each([
  ["rsi14", 43.12345678, 40, 1, "43.12", "40"],
  ["obv-sma14", 12345678.9, -234567.8, 1, "12.35M", "−234,600"],
  ["macd-signal", 0.000123456, -0.00098765, 2, "0.0001235", "−0.0009876"],
  ["close-sma200", 42123.456, 41800, 1, "42,123.5", "41,800.0"],
  ["rsi14", null, 40, 1, "—", "40"],
  ["rsi14", 40.001, 40, 1, "40.001", "40"],
  ["close-sma200", 42123.44, 42123.42, 1, "42,123.44", "42,123.42"],
] as const)("%s %d against %d with %d price digits reads %s, %s", (condition, value, threshold, digits, one, other) =>
  expect(evidenceTexts({ condition, value, threshold }, digits)).toEqual({ value: one, threshold: other }),
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
      const texts = evidenceTexts({ condition: "rsi14", value, threshold }, 1);
      expect(texts.value === texts.threshold).toBe(value === threshold);
      const isClose = value.toPrecision(4) === threshold.toPrecision(4);
      const most = Math.max(digitsOf(texts.value), digitsOf(texts.threshold));
      expect(isClose || most <= 4).toBe(true);
    }),
  );
});
