import { describe, expect, it } from "vitest";
import { optimizationBudget } from "./optimize-when-busy";

describe("the budget of optimization", () => {
  it.each([
    ["a process that has just started", 59_999, 0, 67_584],
    ["a warm process with little to do", 60_000, 0.49, 13_516_800],
    ["a warm process that is busy", 3_600_000, 0.5, 67_584],
    ["one that does nothing else", 3_600_000, 1, 67_584],
  ])("is V8's own but for a warm process with little to do: %s", (_who, upMs, share, budget) => {
    expect(optimizationBudget(upMs, share)).toBe(budget);
  });
});
