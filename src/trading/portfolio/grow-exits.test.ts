import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { planExit, type ExitPlan } from "./exit-plan";
import { exitTermsSchema } from "./exit-terms";
import { growExits } from "./grow-exits";
import type { PositionSide } from "./position-side";

const STEPS = { tick: "0.1", lot: "0.01" };

/** One at 100, and one more at a price: its average and its exits. */
type Case = {
  readonly side?: PositionSide;
  readonly stop?: number;
  readonly mark?: number;
  readonly plan?: Partial<ExitPlan>;
};
const grow = (terms: unknown, at: number, { side = "long", stop = 90, mark = at, plan = {} }: Case = {}) => {
  const [stopLoss, takeProfit] = [decimal(stop), decimal(side === "long" ? 150 : 50)];
  const opened = { side, entryPrice: decimal(100), quantity: decimal(1), openedAt: 0, stopLoss, takeProfit };
  const exitPlan = { ...planExit(opened, exitTermsSchema.parse(terms), STEPS), ...plan };
  const [quantity, entryPrice, price] = [decimal(2), decimal(100 + at).div(2), decimal(at)];
  return growExits({ ...opened, mark: decimal(mark), exitPlan }, { quantity, entryPrice, price, ...STEPS });
};

const BREAK_EVEN = { breakEven: { fromFraction: 0.02, lockFraction: 0.01 } };
const AT_BREAK_EVEN = { stopBy: "break-even" as const, breakEven: null };

describe("the exits of a position that a further fill enlarges", () => {
  it("keep the shares of its parts, however often it grows", () => {
    const parts = { targets: [{ atFraction: 0.1, share: 0.333 }] };
    expect(grow(parts, 96).exitPlan.remainingLegs).toEqual([{ target: "110", quantity: "0.66", share: 0.333 }]);
  });

  it.each<[string, Partial<ExitPlan>]>([
    ["at a target", { filledTargets: [{ target: "105", quantity: "0.5" }] }],
    ["because its mode closed it", { partsTaken: ["overbought"] }],
  ])("keep what parts are of the rest, where one has left %s", (_, left) => {
    const parts = [{ target: "110", quantity: "0.8", share: 0.4 }];
    const [rest] = grow({}, 104, { plan: { ...left, remainingLegs: parts } }).exitPlan.remainingLegs;
    expect(rest?.quantity).toBe("1.6");
  });

  it("wait for the gain of its average, not of its first entry", () => {
    expect(grow(BREAK_EVEN, 96).exitPlan.breakEven).toEqual({ at: "100", level: "99" });
    expect(grow(BREAK_EVEN, 104, { side: "short", stop: 110 }).exitPlan.breakEven).toEqual({ at: "100", level: "101" });
  });

  it.each<[string, Case & { readonly stop: number }, at: number, expected: string]>([
    ["follows the average up", { stop: 101 }, 110, "106"],
    ["of a short follows it down", { side: "short", stop: 99 }, 90, "94"],
    ["does not go back", { stop: 101 }, 96, "101"],
    ["does not go beyond the price", { stop: 119, mark: 120 }, 102, "119"],
    ["does not go beyond the mark, where the order moved the price", { stop: 100.9, mark: 101.5 }, 102, "100.9"],
    ["of a short does not either", { side: "short", stop: 99.1, mark: 98.5 }, 98, "99.1"],
  ])("a stop at break-even %s", (_, of, at, expected) => {
    expect(grow({}, at, { ...of, plan: AT_BREAK_EVEN }).stopLoss?.toFixed()).toBe(expected);
  });

  it("leave any other stop where it is", () => {
    expect(grow({}, 110).stopLoss?.toFixed()).toBe("90");
  });
});
