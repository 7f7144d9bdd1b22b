import { expect, it } from "vitest";
import { describeEquity } from "./describe-equity";

const point = (time: number, value: number) => ({ time, value });

it("the chart's sentence says the figures of the bot's whole life, not those of the points that are drawn", () => {
  const view = {
    currency: "USDT",
    equity: [point(7200, 9000), point(10_800, 8100)],
    buyAndHold: [point(7200, 9500), point(10_800, 9405)],
    drawdown: [point(7200, -0.1), point(10_800, -0.19)],
    startedAt: 3600,
    returnFraction: -0.19,
    buyAndHoldFraction: -0.0595,
    flows: [],
    gaps: [],
    openedAt: null,
  };
  expect(describeEquity(view).replaceAll("\u00a0", " ")).toBe(
    "Equity 8,100.00 USDT, −19.00 % since 1970-01-01 01:00 UTC; buy and hold −5.95 %; deepest drawdown 19.00 %.",
  );
  const flows = [
    { time: 7201, amount: "900" },
    { time: 9000, amount: "-1000.5" },
  ];
  expect(describeEquity({ ...view, flows })).toMatch(
    / Its account gave it or \(−\) got back, USDT, no part of these figures: \+900.00 at 1970-01-01 02:00, −1,000.50 at 1970-01-01 02:30\.$/,
  );
  expect(describeEquity({ ...view, buyAndHoldFraction: null })).toContain("buy and hold —");
});
