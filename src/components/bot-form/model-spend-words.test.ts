import { describe, expect, it } from "vitest";
import { tellBudget, tellCalls, tellUserBudget, tellUsual } from "./model-spend-words";

const SPEND = {
  isKnown: true,
  callsPerDay: 24,
  speed: 1,
  promptTokens: 2345.4,
  answerTokens: 550,
  pricedSince: Date.parse("2026-10-07"),
  isCeiling: false,
  usual: "0.001",
  most: "0.01",
  month: "0.72",
  monthUnbounded: "0.72",
  monthMost: "30",
  budgetPerDay: "1",
} as const;

describe("what a model may cost, in words", () => {
  it("says how often it asks, and that a fast market makes it ask oftener", () => {
    expect(tellCalls(SPEND)).toBe("It asks up to 24 times a day of real time.");
    expect(tellCalls({ ...SPEND, callsPerDay: 17_280, speed: 720 })).toBe(
      "It asks up to 17,280 times a day of real time, since its market runs at 720× real time.",
    );
    expect(tellCalls({ ...SPEND, callsPerDay: 0, speed: 0 })).toMatch(/stands still/);
    expect(tellCalls({ ...SPEND, callsPerDay: 0.5 })).toMatch(/less than once/);
  });

  it("says what a usual question is, and of when its price is", () => {
    expect(tellUsual(SPEND)).toMatch(/about 2,345 tokens and an answer of 550, at the price of 2026-10-07, each time/);
    expect(tellUsual({ ...SPEND, pricedSince: null })).not.toMatch(/price/);
  });

  it("says that what all bots together may spend is less than its budget, and not where it is more", () => {
    expect(tellUserBudget(SPEND, "0.5")).toMatch(/may spend \$0\.5000 a day, so it gets no more/);
    expect(tellUserBudget(SPEND, "1")).toBeNull();
  });

  it("says that the budget ends the day, and not where it does not", () => {
    expect(tellBudget(SPEND)).toBeNull();
    expect(tellBudget({ ...SPEND, callsPerDay: 17_280 })).toMatch(/of \$1\.00 a day is used up after about 1,000/);
    expect(tellBudget({ ...SPEND, usual: null })).toBeNull();
    expect(tellBudget({ ...SPEND, usual: "0" })).toBeNull();
  });
});
