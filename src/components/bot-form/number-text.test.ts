import fc from "fast-check";
import { expect, it } from "vitest";
import { describeIssue, toText, toValue, type Unit } from "./number-text";

it.each<[text: string, unit: Unit, value: number | string | undefined]>([
  ["3.5", "%", 0.035],
  ["0.05", "%", 0.0005],
  ["-1", "%", -0.01],
  [" 7 ", "%", 0.07],
  ["5", "min", 300],
  ["1.5", "min", 90],
  ["0.65", "plain", 0.65],
  ["", "%", undefined],
  ["  ", "plain", undefined],
  ["x", "%", "x"],
  ["1e308", "plain", "1e308"],
  ["NaN", "plain", "NaN"],
  ["3.", "plain", "3."],
  ["1,5", "plain", "1,5"],
])("%j in %s is the setting %j, exactly", (text, unit, value) => {
  expect(toValue(text, unit)).toBe(value);
});

it("a setting that is shown and typed again is the same", () => {
  const unit = fc.constantFrom<Unit>("%", "plain");
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), unit, (millionths, in_) => {
      const value = millionths / 1_000_000;
      expect(toValue(toText(value, in_), in_)).toBe(value);
    }),
  );
  expect(toText(300, "min")).toBe("5");
  expect(toText("3.", "%")).toBe("3.");
  expect(toText(undefined, "%")).toBe("");
});

it.each<[issue: Parameters<typeof describeIssue>[0], unit: Unit, text: string]>([
  [{ path: "a", message: "Too big", most: 0.25 }, "%", "Enter at most 25\u00a0%."],
  [{ path: "a", message: "Too small", least: 0, isExclusive: true }, "%", "Enter more than 0\u00a0%."],
  [{ path: "a", message: "Too big", most: 100, isExclusive: true }, "plain", "Enter less than 100."],
  [{ path: "a", message: "Too small", least: 0.00005 }, "%", "Enter at least 0.005\u00a0%."],
  [{ path: "a", message: "Too small", least: 60 }, "min", "Enter at least 1."],
  [{ path: "a", message: "Too small", least: 1 }, "plain", "Enter at least 1."],
  [{ path: "a", message: "Invalid input: expected number, received string" }, "%", "Enter a number, such as 5 or 2.5."],
  [{ path: "a", message: "each pair may stand once" }, "plain", "Each pair may stand once."],
])("%j is said in %s: %s", (issue, unit, text) => {
  expect(describeIssue(issue, unit)).toBe(text);
});
