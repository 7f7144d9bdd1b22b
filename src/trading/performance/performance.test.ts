import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, sumOf } from "../money";
import { computePerformance, type TradeSums } from "./performance";
import { summarizeProfit } from "../portfolio/profit";

const DAY_MS = 86_400_000;
const SPAN = { from: 0, through: 40 * DAY_MS };

const sumsOf = (results: readonly (number | string)[]): TradeSums => {
  const net = results.map(decimal);
  const [won, lost] = [net.filter((each) => each.gt(0)), net.filter((each) => each.lt(0))];
  const sums = { won: sumOf(won), lost: sumOf(lost), net: sumOf(net) };
  return { trades: net.length, wins: won.length, losses: lost.length, ...sums };
};

describe("performance", () => {
  it("of two wins of 30 and 10 and two losses of 5 and 15 is that of hand", () => {
    // Mean win 20, mean loss 10: payoff 2, so a third of wins breaks even; 20 over 4 trades.
    const found = computePerformance(sumsOf([30, -5, 10, -15]), SPAN);
    expect(found).toMatchObject({ winRate: 0.5, payoff: 2, days: 40, isTooFew: true });
    expect(found.breakEvenWinRate).toBeCloseTo(1 / 3, 12);
    expect(found.expectancy?.toFixed()).toBe("5");
  });

  it.each([
    ["no trade", [], { winRate: null, payoff: null, breakEvenWinRate: null, expectancy: null }],
    ["wins only", [1, 2], { winRate: 1, payoff: null, breakEvenWinRate: null }],
    ["losses only", [-1, -2], { winRate: 0, payoff: null, breakEvenWinRate: null }],
    ["a trade of zero, which is neither", [0, 1], { winRate: 0.5, payoff: null }],
  ])("of %s has null where a ratio cannot be formed", (_of, results, expected) => {
    expect(computePerformance(sumsOf(results), SPAN)).toMatchObject(expected);
  });

  it.each([
    [29, 40, true],
    [30, 29.99, true],
    [30, 30, false],
  ])("of %d trades in %d days is too few to mean anything: %s", (trades, days, isTooFew) => {
    const sums = sumsOf(Array.from({ length: trades }, () => 1));
    expect(computePerformance(sums, { from: 0, through: days * DAY_MS }).isTooFew).toBe(isTooFew);
  });

  it("of a bot without a point has lasted no day", () => {
    expect(computePerformance(sumsOf([]), { from: 5, through: null }).days).toBe(0);
    expect(computePerformance(sumsOf([]), { from: null, through: 5 * DAY_MS }).days).toBe(0);
    expect(computePerformance(sumsOf([]), { from: 5, through: 4 }).days).toBe(0);
  });

  it("lasts from its first point to its last, whenever the first was", () => {
    expect(computePerformance(sumsOf([]), { from: 10 * DAY_MS, through: 50 * DAY_MS }).days).toBe(40);
  });

  it("earns nothing at its break-even win rate, and something exactly above it", () => {
    const cents = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(fc.array(cents, { minLength: 1 }), fc.array(cents, { minLength: 1 }), (wins, losses) => {
        const { winRate, breakEvenWinRate, expectancy } = computePerformance(
          sumsOf([...wins, ...losses.map((loss) => -loss)]),
          SPAN,
        );
        const margin = (winRate ?? NaN) - (breakEvenWinRate ?? NaN);
        expect(Math.abs(margin) < 1e-9 ? 0 : Math.sign(margin)).toBe(
          Math.abs(margin) < 1e-9 ? 0 : Math.sign(expectancy?.toNumber() ?? NaN),
        );
      }),
    );
  });
});

it("a bot's profit is closed net, plus what is open and what left it, less what that cost, and with its funding", () => {
  const closed = { gross: 15, slippage: 1, fees: 3, funding: -1, net: 10 };
  const open = {
    side: "short" as const,
    entryPrice: 100,
    mark: 90,
    quantity: 2,
    fees: "0.1",
    realized: 3,
    funding: "-0.25",
  };
  const toDecimals = <Key extends string>(values: Record<Key, number | string>) =>
    Object.fromEntries(Object.entries<number | string>(values).map(([key, value]) => [key, decimal(value)])) as Record<
      Key,
      ReturnType<typeof decimal>
    >;
  const { side, ...amounts } = open;
  const profit = summarizeProfit(toDecimals(closed), [{ side, ...toDecimals(amounts) }]);
  expect(
    [profit.unrealized, profit.openFees, profit.openFunding, profit.total].map((value) => value.toFixed()),
  ).toEqual(["23", "0.1", "-0.25", "32.65"]);
});
