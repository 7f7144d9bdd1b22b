import { expect, it } from "vitest";
import { checkInWords } from "./check-words";
import { failedFirst, type RiskCheckView } from "./risk-check-view";

it.each([
  ["0.015", "fraction", "1.5 %"],
  ["0.000081234", "fraction", "0.0081 %"],
  ["0.01 to 0.25", "fraction", "1 % to 25 %"],
  ["300", "seconds", "5 min 00 s"],
  ["90", "minutes", "1 h 30 min"],
  ["1234.5", "USDT", "1,234.50 USDT"],
  ["0.70000000000001", "ratio", "0.7"],
  ["2.5", "times", "2.5×"],
  ["-3", "count", "−3"],
  ["active", "state", "active"],
  ["behind the stop at 41234.50", "price", "behind the stop at 41,234.5"],
  ["0 (after 3 losses in a row: 24 h)", "minutes", "0 (after 3 losses in a row: 24 h)"],
  [null, "fraction", "—"],
] as const)("%s in %s is %s", (text, unit, words) => expect(checkInWords(text, unit)).toBe(words));

it("puts failed rules first and keeps the order of the gate among equals", () => {
  const check = (rule: string, outcome: RiskCheckView["outcome"]): RiskCheckView => ({
    rule,
    outcome,
    measured: null,
    limit: "1",
    unit: "count",
    description: "",
  });
  const checks = [check("a", "pass"), check("b", "fail"), check("c", "unknown"), check("d", "fail")];
  expect(failedFirst(checks).map(({ rule }) => rule)).toEqual(["b", "d", "c", "a"]);
});
