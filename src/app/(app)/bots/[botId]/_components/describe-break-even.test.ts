import { describe, expect, it } from "vitest";
import { describeBreakEven } from "./describe-break-even";

const spend = {
  botId: "00000000-0000-7000-8000-000000000000",
  today: "1",
  callsToday: 1,
  budget: "1",
  lastDay: "0.9",
  callsLastDay: 24,
  hours: 24,
  breakEven: 0.00009,
  held: null,
};

describe("the break-even line", () => {
  it("says what a day of its model costs, and what share of its equity that is", () => {
    expect(describeBreakEven(spend)).toBe(
      "In the last 24 hours its model cost $0.9000 for 24 questions: it must earn 0.0090\u00a0% of its equity a day to pay for it.",
    );
  });

  it("of a bot that has not asked for a day is of the time since it did", () => {
    expect(describeBreakEven({ ...spend, hours: 3.26, callsLastDay: 1 })).toMatch(
      /^In the 3\.3 hours since it first asked its model cost .* for 1 question: .* in that time to pay/,
    );
    expect(describeBreakEven({ ...spend, hours: 0.001 })).toMatch(/^In the 1 minute since/);
  });

  it("never says that what was paid is nothing", () => {
    expect(describeBreakEven({ ...spend, breakEven: 2.6e-7 })).toMatch(/must earn less than 0\.0001\u00a0% of its/);
  });

  it("is not told where equity is unknown, or nothing was asked", () => {
    expect(describeBreakEven({ ...spend, breakEven: null })).toMatch(/not known yet/);
    expect(describeBreakEven({ ...spend, callsLastDay: 0 })).toBe("It asked no model in the last 24 hours.");
    expect(describeBreakEven({ ...spend, callsLastDay: 0, hours: 0 })).toBe("It has asked no model yet.");
  });
});
