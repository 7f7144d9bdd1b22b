import { expect, it } from "vitest";

// Imported inside the case: a test file that cannot be loaded has no case, so its failure would go unnoticed.
it("the gate loads, and no rule is empty", async () => {
  const { RISK_RULES } = await import("~/trading/risk/risk-rules");
  expect(RISK_RULES.filter(({ name }) => name === undefined)).toEqual([]);
});
