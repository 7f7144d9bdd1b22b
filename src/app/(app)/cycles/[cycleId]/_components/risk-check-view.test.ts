import { expect, it } from "vitest";
import { failedFirst, type RiskCheckView } from "./risk-check-view";

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
