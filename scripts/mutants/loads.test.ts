import { expect, it } from "vitest";

// Loaded within the case: a file that cannot be loaded has no case, so nobody would see it fail.
it("the gate loads, and no rule is empty", async () => {
  const { RISK_RULES } = await import("~/trading/risk/risk-rules");
  expect(RISK_RULES.filter(({ name }) => name === undefined)).toEqual([]);
});
