import { expect, it } from "vitest";
import { decimal } from "../money";
import type { EquityMemory } from "../portfolio/equity-memory";
import { buildPosition } from "../portfolio/testing/position-builder";
import { viewPortfolio } from "./view-portfolio";

const NOON = 1_704_110_400_000;
/** 1 unit bought at 100 and marked at `mark`, and 9,900 in cash. */
const figuresOf = (mark: number, memory: EquityMemory | null) => {
  const balances = { cash: decimal(9900), margin: decimal(100) };
  const positions = [buildPosition({ mark: decimal(mark) })];
  const viewed = viewPortfolio({ initialCapital: decimal(10_000), balances, positions, memory }, NOON);
  const { equity, grossNotional, peakEquity, dayStartEquity, dayLowEquity } = viewed;
  return [equity, grossNotional, peakEquity, dayStartEquity, dayLowEquity].map((amount) => amount.toFixed()).join(" ");
};
const remember = (dayStart: number | null, dayLow: number, peak: number): EquityMemory => ({
  last: { at: NOON - 1, equity: decimal(dayLow), peak: decimal(peak) },
  dayStart: dayStart === null ? null : decimal(dayStart),
  dayLow: decimal(dayLow),
});

it.each<[string, number, EquityMemory | null, string]>([
  ["before its first point a bot began with its capital", 90, null, "9990 90 10000 10000 9990"],
  ["a gain before its first point is its peak", 110, null, "10010 110 10010 10000 10010"],
  ["peak, start and low of the day are as marked", 100, remember(10_005, 9980, 10_020), "10000 100 10020 10005 9980"],
  ["a first day began with the capital", 100, remember(null, 9980, 10_020), "10000 100 10020 10000 9980"],
  ["equity of now can be the peak and the low", 200, remember(10_200, 10_150, 10_050), "10100 200 10100 10200 10100"],
])("%s", (_case, mark, memory, expected) => {
  expect(figuresOf(mark, memory)).toBe(expected);
});

it("legs of an entry that are still to come count as if they were entered, and change no equity", () => {
  const position = buildPosition({ leverage: decimal(2) });
  const entryLegs = [
    { price: "98", quantity: "1", fee: "0.1" },
    { price: "95", quantity: "2", fee: "0.2" },
  ];
  const viewOf = (held: typeof position) => {
    const balances = { cash: decimal(9950), margin: decimal(50) };
    const holdings = { initialCapital: decimal(10_000), balances, positions: [held], memory: null };
    const { equity, cash, margin, grossNotional } = viewPortfolio(holdings, NOON);
    return [equity, cash, margin, grossNotional].map((amount) => amount.toFixed()).join(" ");
  };
  expect(viewOf(position)).toBe("10000 9950 50 100");
  // 98 + 190 more is held, half of it as margin, and 0.3 is kept for fees.
  expect(viewOf({ ...position, exitPlan: { ...position.exitPlan, entryLegs } })).toBe("10000 9805.7 194 388");
});
