import { describe, expect, it } from "vitest";
import { decimal } from "../../money";
import type { PastResult } from "../basis/past-results";
import {
  buildConditions,
  buildDecision,
  buildEntry,
  buildMarket,
  buildPortfolio,
} from "../testing/risk-context-builder";
import { sizeStepsSchema, SIZING_METHODS } from "../basis/size-steps";
import { sizingSchema } from "./sizing-settings";
import { wantSize, type SizeQuestion } from "./want-size";

/** At 10,000 of equity, 1000 of price and a stop at 950; the mode asks for a tenth. */
const want = (sizing: object, part: Partial<SizeQuestion> & { score?: number; leverage?: number } = {}) => {
  const { score = 0.8, leverage = 1, ...rest } = part;
  return wantSize({
    sizing: sizingSchema.parse(sizing),
    entry: buildEntry({ decision: buildDecision({ score }), leverage: decimal(leverage) }),
    market: buildMarket({ candleValue: decimal(1e15) }),
    portfolio: buildPortfolio(),
    conditions: buildConditions(),
    results: [],
    ...rest,
  });
};
const valueOf = (wanted: ReturnType<typeof want>): string =>
  wanted.isKnown ? wanted.notional.toDecimalPlaces(2).toFixed() : wanted.reason;

describe("the size that a bot wants", () => {
  it.each<[sizing: object, part: Parameters<typeof want>[1], value: string]>([
    // The mode's tenth, times 1.2 from a score of 0.9 on and 0.85 at 0.6.
    [{ method: "mode" }, { score: 0.9 }, "1200"],
    [{ method: "mode" }, { score: 0.6 }, "850"],
    [{ method: "mode" }, { score: 0.9, leverage: 3 }, "3600"],
    [{ method: "fixed-share", share: 0.05 }, { score: 0.9 }, "500"],
    [{ method: "fixed-share", share: 0.05 }, { leverage: 2 }, "1000"],
    [{ method: "score-scaled", share: 0.05 }, { score: 0.9 }, "600"],
    [{ method: "score-scaled", share: 0.05 }, { score: 0 }, "250"],
    [{ method: "tiers" }, { score: 0.95 }, "1000"],
    [{ method: "tiers" }, { score: 0.949 }, "800"],
    [{ method: "tiers" }, { score: 0.65 }, "600"],
    [{ method: "tiers" }, { score: 0.5 }, "400"],
    [{ method: "tiers" }, { score: 0.499 }, "its score is below the lowest tier of its sizes"],
    // In any order: 2 % from 0.2 on, 3 % from 0.4 on.
    [
      { method: "tiers", tiers: [0.2, 0.4].map((scoreMin) => ({ scoreMin, share: scoreMin / 10 + 0.01 })) },
      { score: 0.5 },
      "500",
    ],
    // Filled at 1000.2 (1000.1 up to the tick): 1 % of 10,000 by a distance of 50.2, times 1000.
    [{ method: "risk-per-trade" }, {}, "1992.03"],
    [{ method: "risk-per-trade", riskShare: 0.005 }, {}, "996.02"],
    // Margin is bound by leverage, the loss at the stop is not.
    [{ method: "risk-per-trade" }, { leverage: 3 }, "1992.03"],
    // A candle's range is 1 % of 1000: 8 of them are 80, farther than the stop.
    [{ method: "risk-per-trade", rangesMin: 8 }, {}, "1250"],
    [{ method: "risk-per-trade", rangesMin: 2 }, {}, "1992.03"],
    // 10 % of a year's movement where the market has 60 %.
    [{ method: "volatility-target" }, {}, "1666.67"],
    [{ method: "volatility-target", yearlyVolatility: 0.3 }, { leverage: 3 }, "5000"],
    [{ method: "kelly" }, {}, "1000"],
    [{ method: "kelly", baseShare: 0.04 }, { leverage: 3 }, "400"],
  ])("by %j, where %j, is %s", (sizing, part, value) => {
    expect(valueOf(want(sizing, part))).toBe(value);
  });

  const noRange = { conditions: buildConditions({ rangeFraction: null, yearlyVolatility: null }) };
  it.each<[what: string, sizing: object, part: Parameters<typeof want>[1], reason: RegExp]>([
    ["a range", { method: "risk-per-trade", rangesMin: 2 }, noRange, /average range .* too few candles/],
    ["a volatility", { method: "volatility-target" }, noRange, /how much the market moves, and too few candles/],
    [
      "any movement",
      { method: "volatility-target" },
      { conditions: buildConditions({ yearlyVolatility: 0 }) },
      /how much the market moves/,
    ],
    ["a stop", { method: "risk-per-trade" }, { entry: buildEntry({ stopLoss: null }) }, /on its stop, and it has none/],
  ])("is none where its method lacks %s: what is unknown is never taken for 0", (_what, sizing, part, reason) => {
    const wanted = want(sizing, part);
    expect(wanted.isKnown).toBe(false);
    expect(valueOf(wanted)).toMatch(reason);
  });

  it("asks for what is unknown only where the method needs it", () => {
    for (const method of ["mode", "fixed-share", "tiers", "score-scaled", "risk-per-trade", "kelly"]) {
      expect(want({ method }, noRange).isKnown, method).toBe(true);
    }
  });

  it("is nothing where the stop is on the wrong side, which a rule refuses", () => {
    expect(valueOf(want({ method: "risk-per-trade" }, { entry: buildEntry({ stopLoss: decimal(1001) }) }))).toBe("0");
  });

  it("says how it came about, in what is read back as it was stored", () => {
    for (const method of SIZING_METHODS) {
      const wanted = want({ method });
      const steps = wanted.isKnown ? wanted.steps : null;
      expect(sizeStepsSchema.parse(JSON.parse(JSON.stringify(steps)))).toEqual(steps);
    }
    const steps = (sizing: object, results: readonly PastResult[] = []) => {
      const wanted = want(sizing, { results, score: 0.9 });
      return wanted.isKnown ? wanted.steps : null;
    };
    expect(steps({ method: "mode" })).toEqual({
      method: "mode",
      share: "0.1",
      of: "margin",
      factor: "1.2",
      basis: null,
      wanted: "1200.00000000",
    });
    expect(steps({ method: "risk-per-trade" })).toMatchObject({ of: "risk", basis: "its stop counts as 5.02 % away" });
    expect(steps({ method: "volatility-target" })).toMatchObject({
      of: "value",
      basis: "for 10 % of volatility a year in a market that has 60 %",
    });
    expect(steps({ method: "kelly" })).toMatchObject({
      share: "0.1",
      of: "value",
      factor: null,
      basis: "after 0 closed trades, too few for its Kelly share, so its base share",
    });
  });

  it.each([
    [0.5, 10, "after 20 closed trades, by the part of their Kelly share"],
    [0.5, 3, "after 20 closed trades, most of them lost, so half its base share"],
    [0.5, 20, "after 20 closed trades, none of them lost, so its base share"],
  ])("says by which trades: %d won by %d", (gain, wins, basis) => {
    const results = Array.from({ length: 20 }, (_, exitedAt) => ({
      marketId: 1,
      exitedAt,
      realizedPnl: String(exitedAt < wins ? gain * 100 : -1),
      notional: "100",
    }));
    const wanted = want({ method: "kelly" }, { results });
    expect(wanted.isKnown && wanted.steps.basis).toBe(basis);
  });

  it("is nothing by risk without a price or without equity, whatever the stop", () => {
    const sizing = { method: "risk-per-trade" };
    expect(valueOf(want(sizing, { market: buildMarket({ referencePrice: null }) }))).toBe("0");
    expect(valueOf(want(sizing, { portfolio: buildPortfolio({ equity: decimal(-5) }) }))).toBe("0");
    expect(valueOf(want(sizing, { entry: buildEntry({ stopLoss: decimal(1000) }) }))).toBe("0");
  });
});
