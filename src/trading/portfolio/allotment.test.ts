import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { freeToAllot } from "./allotment";

type Figures = Parameters<typeof freeToAllot>[0];
const moneyOf = (figures: Partial<Record<keyof Figures, number>>): Figures => {
  const { capital = 0, allotted = 0, equity = allotted, endedAllotted = 0, endedEquity = endedAllotted } = figures;
  return {
    capital: decimal(capital),
    allotted: decimal(allotted),
    equity: decimal(equity),
    endedAllotted: decimal(endedAllotted),
    endedEquity: decimal(endedEquity),
  };
};

describe("what can still be allotted", () => {
  it.each<[what: string, figures: Partial<Record<keyof Figures, number>>, free: number]>([
    ["all of a new account", { capital: 10_000 }, 10_000],
    ["what its bots did not get", { capital: 10_000, allotted: 4000 }, 6000],
    ["not what a running bot won", { capital: 10_000, allotted: 4000, equity: 5000 }, 6000],
    ["less what a running bot lost", { capital: 10_000, allotted: 4000, equity: 3000 }, 5000],
    [
      "what a bot that was archived left, its gain too",
      { capital: 10_000, endedAllotted: 4000, endedEquity: 4500 },
      10_500,
    ],
    ["or less its loss", { capital: 10_000, endedAllotted: 4000, endedEquity: 1500 }, 7500],
    ["nothing, and never less", { capital: 1000, allotted: 1000, equity: 100 }, 0],
  ])("is %s", (_, figures, free) => {
    expect(freeToAllot(moneyOf(figures)).toNumber()).toBe(free);
  });

  it("never takes all allotments above the account's equity, nor above the money that no bot holds", () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 });
    const figures = fc.record({
      capital: amount,
      allotted: amount,
      equity: amount,
      endedAllotted: amount,
      endedEquity: amount,
    });
    fc.assert(
      fc.property(figures, (each) => {
        const { capital, allotted, equity, endedAllotted, endedEquity } = each;
        const held = capital - allotted - endedAllotted + endedEquity;
        const free = freeToAllot(moneyOf(each)).toNumber();
        fc.pre(free > 0);
        expect(free).toBeLessThanOrEqual(held);
        expect(allotted + free).toBeLessThanOrEqual(held + equity);
      }),
    );
  });
});
