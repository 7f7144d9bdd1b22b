import { expect, it } from "vitest";
import { decimal } from "../money";
import { inPresentMoney, startBefore, timeWeightedReturn, type Flowed } from "./time-weighted-return";

const flow = (at: number, amount: number, after: number): Flowed => ({
  at,
  amount: decimal(amount),
  after: decimal(after),
});

it("without flows is what was made of the start", () => {
  expect(timeWeightedReturn(decimal(1000), [], decimal(1100)).toFixed()).toBe("0.1");
});

it("chains what was made between flows: 10 % of 1,000, then 10 % of 2,000, is 21 %, not 15 %", () => {
  const flows = [flow(1, 900, 2000)];
  expect(startBefore(decimal(1900), flows).toFixed()).toBe("1000");
  expect(timeWeightedReturn(decimal(1000), flows, decimal(2200)).toFixed()).toBe("0.21");
});

it("tells a loss, too, after most of the money went: 50 % up, then 50 % down, is 25 % down", () => {
  expect(timeWeightedReturn(decimal(1000), [flow(1, -1400, 100)], decimal(50)).toFixed()).toBe("-0.25");
});

it("shows a line without steps: what was 1,000 before 900 came to 1,100 was 1,818.18 of the money now", () => {
  const flows = [flow(10, 900, 2000)];
  const at = (amount: number, time: number) => inPresentMoney(decimal(amount), time, flows).toFixed(2);
  expect([at(1000, 0), at(1100, 9), at(2000, 10), at(2200, 11)]).toEqual(["1818.18", "2000.00", "2000.00", "2200.00"]);
});
