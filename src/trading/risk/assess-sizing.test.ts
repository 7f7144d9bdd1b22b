import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { assessDecisions, type Assessment } from "./assess-decisions";
import { describeSize } from "./describe-size";
import { nearestChange } from "./nearest-change";
import { riskLimitsSchema } from "./risk-limits";
import { sizingSchema } from "./sizing/sizing-settings";
import {
  buildConditions,
  buildDecision,
  buildHistory,
  buildMarket,
  buildPortfolio,
  inItsMarket,
  NEUTRAL,
  SLOT,
} from "./testing/risk-context-builder";

type Part = Partial<Omit<Assessment, "sizing">> & { readonly sizing?: object };

/** What the gate says to one entry of a bot with 10,000. */
const judge = ({ sizing = { method: "mode" }, ...part }: Part) => {
  const [result] = assessDecisions({
    time: SLOT,
    intervalSeconds: 300,
    isLive: false,
    tradingState: "active",
    isControl: false,
    limits: riskLimitsSchema.parse({}),
    decisions: [inItsMarket(buildDecision())],
    portfolio: buildPortfolio(),
    marketOf: () => buildMarket(),
    historyOf: () => buildHistory(),
    correlationsOf: () => [],
    ...NEUTRAL,
    ...part,
    sizing: sizingSchema.parse(sizing),
  });
  if (!result?.verdict) throw new Error("nothing was judged");
  return { ...result, verdict: result.verdict };
};
const sizeSaid = (part: Part): string | null => {
  const { size, rule } = judge(part).verdict;
  return size && describeSize(size, { rule });
};

describe("how a size came about", () => {
  it("stands in the verdict, in words, with what cut it", () => {
    expect(sizeSaid({})).toBe("10 % of equity as margin, times 1.083 for its score: an order of 1,083.33 USDT");
    expect(sizeSaid({ portfolio: buildPortfolio({ cash: decimal(500) }) })).toBe(
      "10 % of equity as margin, times 1.083 for its score: an order of 1,083.33 USDT, cut to the limit of the cash that is there",
    );
    expect(sizeSaid({ sizing: { method: "risk-per-trade", riskShare: 0.002 } })).toMatch(
      /^0.2 % of equity at risk \(its stop counts as 5.02 % away\): an order of 39\d\.\d\d USDT$/,
    );
    expect(sizeSaid({ sizing: { method: "kelly" } })).toBe(
      "10 % of equity as value (after 0 closed trades, too few for its Kelly share, so its base share): an order of 1,000.00 USDT",
    );
  });

  it("stands there also where the entry is refused, and not where a position is closed", () => {
    expect(judge({ tradingState: "reducing" }).verdict).toMatchObject({
      outcome: "rejected",
      size: { method: "mode" },
    });
    const close = inItsMarket(buildDecision({ action: "close" }));
    expect(judge({ decisions: [close] }).verdict.size).toBeNull();
  });

  it("counts for the order: the gate approves what the bot's way of sizing wants, to the lot", () => {
    expect(judge({ sizing: { method: "fixed-share", share: 0.05 } }).order?.quantity.toFixed()).toBe("0.499");
    expect(judge({ sizing: { method: "fixed-share", share: 0.9 } }).verdict).toMatchObject({
      outcome: "resized",
      rule: "position-margin",
    });
  });
});

describe("a size that cannot be found", () => {
  const unknown = {
    sizing: { method: "volatility-target" },
    conditionsOf: () => buildConditions({ yearlyVolatility: null }),
  };

  it("refuses the entry by its own name, says why and what it waits for", () => {
    const { order, verdict } = judge(unknown);
    expect(order).toBeNull();
    expect(verdict).toMatchObject({ outcome: "rejected", rule: "size-is-known", checks: [], size: null });
    expect(verdict.reason).toBe("its size depends on how much the market moves, and too few candles are known");
    expect(nearestChange({ rule: verdict.rule, failed: [] })).toMatch(/enough candles, or a higher score$/);
  });

  it("does not refuse the control, which has equal shares whatever its settings say", () => {
    const hold = inItsMarket(buildDecision({ stopLoss: null, takeProfit: null, leverage: 1, score: 1 }));
    const control = judge({ ...unknown, isControl: true, decisions: [hold] });
    expect(control.verdict).toMatchObject({ outcome: "approved", size: { method: "mode", factor: "1.2" } });
  });
});
