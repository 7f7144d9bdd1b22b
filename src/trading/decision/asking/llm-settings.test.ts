import { describe, expect, it } from "vitest";
import { llmSettingsSchema } from "./llm-settings";

const faultsOf = (budgetPerDay: string) =>
  llmSettingsSchema.safeParse({ budgetPerDay }).error?.issues.map(({ path, message }) => [path.join("."), message]);

describe("a budget of a model", () => {
  it("that is no amount is a fault of that field, and throws nothing", () => {
    for (const typed of ["much", "", "1.", "-1", "1e3", "NaN", "$5", "99999"]) {
      expect(faultsOf(typed), typed).toEqual([["budgetPerDay", "a budget is US dollars as plain decimal text"]]);
    }
  });

  it("is above nothing, and at most what a bot may ask for", () => {
    for (const typed of ["0", "0.0", "1000.01"]) {
      expect(faultsOf(typed), typed).toEqual([["budgetPerDay", "a budget is above 0 and at most 1000"]]);
    }
    for (const typed of ["0.000001", "2.5", "1000"]) expect(faultsOf(typed), typed).toBeUndefined();
  });
});
