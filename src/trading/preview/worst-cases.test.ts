import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { botSettingsSchema } from "../bot-settings";
import { NEWEST_MATCHING } from "../execution/matching";
import { decimal } from "../money";
import { findWorstCases, type WorstCases } from "./worst-cases";

const PAIRS = ["A/USDT", "B/USDT", "C/USDT"];
/** Fills at the price, so that amounts can be computed by hand. */
const AT_PRICE = { ...NEWEST_MATCHING, halfSpreadRate: 0, impactRate: 0 };
const botOf = (settings: object, capital: number | string = 10_000) => ({
  settings: botSettingsSchema.parse({ pairs: PAIRS, matching: AT_PRICE, ...settings }),
  capital: decimal(capital),
});
const find = (settings: object, capital?: number): WorstCases => {
  const cases = findWorstCases(botOf(settings, capital));
  if (!cases) throw new Error("no entry has a size");
  return cases;
};
const figuresOf = ({ trade, allStops, day }: WorstCases) =>
  [trade.value, trade.atStop, allStops, day].map((amount) => amount && Number(amount.toFixed(2)));

describe("the worst case of settings, computed by hand", () => {
  /*
   * Trinity asks for 10 % at its best score, times 1.2: 1,200. Its stop at 3.5 % loses 42; a short's exit at 1.035 of the
   * entry pays 0.05 % of 1,242, its entry 0.05 % of 1,200: 43.22. Three pairs at once: 129.66. Of a day: those, and 1 % of
   * the capital before entries end: 229.66.
   */
  it.each<[what: string, settings: object, capital: number, figures: (number | null)[]]>([
    ["Trinity", {}, 10_000, [1200, 43.22, 129.66, 229.66]],
    ["a tenth of the capital is a tenth of all", {}, 1000, [120, 4.32, 12.97, 22.97]],
    ["one position at once", { risk: { openPositionsMax: 1 } }, 10_000, [1200, 43.22, 43.22, 143.22]],
    ["a trade a day", { risk: { tradesPerDayMax: 1 } }, 10_000, [1200, 43.22, 129.66, 172.88]],
    // 3x: a value of 3,600; a short loses 72 and pays 1.80 and 1.84.
    [
      "leverage",
      { decision: { leverage: 3, stopLossFraction: 0.02, takeProfitFraction: 0.08 } },
      10_000,
      [3600, 75.64, 226.91, 326.91],
    ],
    // 1 % of equity is 2,857 at that stop; the limit of one position cuts it to a quarter of equity.
    [
      "what a stop may cost",
      { sizing: { method: "risk-per-trade", riskShare: 0.01 } },
      10_000,
      [2500, 90.04, 270.13, 370.13],
    ],
    ["a fixed share of equity", { sizing: { method: "fixed-share", share: 0.2 } }, 10_000, [2000, 72.04, 216.1, 316.1]],
  ])("%s", (_, settings, capital, figures) => {
    expect(figuresOf(find(settings, capital))).toEqual(figures);
  });

  it("of the control is all that it invests: it has no stop", () => {
    const risk = { positionMarginMax: 1, totalMarginMax: 1 };
    const { trade, allStops, day } = find({ mode: "buy-and-hold", risk });
    expect(trade.atStop).toBeNull();
    expect(allStops.toNumber()).toBe(10_000);
    expect(day.toNumber()).toBe(10_000);
  });

  it("with legs counts all of them, each from its own price", () => {
    // Of 1.2 at 1,000 a fifth comes at 990: to 965 they lose 0.96 x 35 and 0.24 x 25, and pay 0.48, 0.12 and 0.58.
    const dca = { legs: [{ againstFraction: 0.01, share: 0.2 }] };
    expect(figuresOf(find({ dca }))).toEqual([1200, 40.78, 122.33, 222.33]);
  });

  it("is unknown where nothing has a size before a market is read", () => {
    expect(findWorstCases(botOf({ sizing: { method: "volatility-target" } }))).toBeNull();
    expect(findWorstCases(botOf({ mode: "custom" }))).toBeNull();
  });
});

describe("for whatever settings", () => {
  const fraction = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const settings = fc.record({
    decision: fc.record({
      leverage: fc.integer({ min: 1, max: 10 }),
      stopLossFraction: fraction(0.006, 0.2),
      takeProfitFraction: fraction(0.01, 0.5),
    }),
    risk: fc.record({
      openPositionsMax: fc.integer({ min: 1, max: 50 }),
      positionMarginMax: fraction(0.01, 1),
      totalMarginMax: fraction(0.05, 1),
      grossNotionalMax: fraction(0.1, 10),
    }),
  });

  it("no worst case is more than the capital, and none is smaller with more at once", () => {
    fc.assert(
      fc.property(settings, fc.integer({ min: 100, max: 10_000_000 }), (given, amount) => {
        const cases = findWorstCases(botOf(given, amount));
        if (cases === null) return;
        const { trade, allStops, allGaps, day } = cases;
        const { risk } = botOf(given).settings;
        expect(allStops.lte(amount) && allGaps.lte(amount) && day.lte(amount)).toBe(true);
        expect(allGaps.gte(allStops)).toBe(true);
        expect(day.gte(allStops)).toBe(true);
        expect(trade.margin.lte(decimal(amount).times(risk.positionMarginMax).plus("0.00001"))).toBe(true);
        expect(trade.value.lte(decimal(amount).times(risk.grossNotionalMax).plus("0.00001"))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
