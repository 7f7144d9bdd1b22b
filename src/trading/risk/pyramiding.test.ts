import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NEWEST_MATCHING } from "../execution/matching";
import { decimal } from "../money";
import { NO_DCA } from "../portfolio/entry-legs";
import { buildPosition } from "../portfolio/testing/position-builder";
import { assessDecisions } from "./assess-decisions";
import type { MarketPosition } from "./basis/risk-context";
import { describeFailedCheck } from "./describe-failed-check";
import { nearestChange } from "./nearest-change";
import { riskLimitsSchema } from "./risk-limits";
import { liquidationDistanceRule } from "./rules/liquidation-distance";
import {
  buildContext,
  buildDecision,
  buildEntry,
  buildHistory,
  buildMarket,
  buildOrder,
  buildPortfolio,
  inItsMarket,
  NEUTRAL,
  SLOT,
} from "./testing/risk-context-builder";

const ON = { pyramidingMarginMax: 0.05, pyramidingTogetherMax: 0.15 };

/** A long of 1 BTC at 990, marked at 1000, between 950 and 1100. */
const inProfit = (part: Parameters<typeof buildPosition>[0] = {}): MarketPosition =>
  buildPosition({
    entryPrice: decimal(990),
    mark: decimal(1000),
    stopLoss: decimal(950),
    takeProfit: decimal(1100),
    ...part,
  });

const addedTo = (position: MarketPosition): MarketPosition => ({
  ...position,
  exitPlan: { entryLegs: [], remainingLegs: [], added: 1 },
});

/** One with so much of its entry still to come, at 980. */
const withLeg = (position: MarketPosition, toCome: number): MarketPosition => ({
  ...position,
  exitPlan: { entryLegs: [{ price: "980", quantity: String(toCome), fee: "0.2" }], remainingLegs: [], added: 0 },
});

/** What the gate says to a wish for a tenth of 10,000 more of BTC at 1000. */
const judge = (held: readonly MarketPosition[], limits: object = ON, wishes = 1, dca = NO_DCA) => {
  const margin = held.reduce((sum, position) => sum.plus(position.margin), decimal(0));
  return assessDecisions({
    time: SLOT,
    intervalSeconds: 300,
    isLive: false,
    tradingState: "active",
    isControl: false,
    limits: { ...riskLimitsSchema.parse({}), ...limits },
    decisions: Array.from({ length: wishes }, () => inItsMarket(buildDecision())),
    portfolio: buildPortfolio({ positions: held, margin, cash: decimal(10_000).minus(margin) }),
    marketOf: () => buildMarket(),
    historyOf: () => buildHistory(),
    correlationsOf: () => [],
    ...NEUTRAL,
    dca,
  });
};
const said = (held: readonly MarketPosition[], limits: object = ON) => {
  const [result] = judge(held, limits);
  const check = result?.verdict?.checks.find(({ rule }) => rule === "pair-is-free");
  return { check, text: check && describeFailedCheck(check) };
};

describe("adding to a position", () => {
  it("is off unless its trader switches it on", () => {
    expect(riskLimitsSchema.parse({}).pyramidingMarginMax).toBe(0);
    expect(riskLimitsSchema.parse({ pyramidingMarginMax: 0.05 }).pyramidingMarginMax).toBe(0.05);
    expect(judge([inProfit()], {})[0]?.verdict).toMatchObject({ outcome: "rejected", rule: "pair-is-free" });
  });

  it("is let pass once while the position is in profit, at the share of equity that it may bind", () => {
    const [result] = judge([inProfit()]);
    expect(result?.verdict).toMatchObject({ outcome: "resized", rule: "pair-is-free" });
    expect(result?.verdict?.reason).toBe("made smaller to keep the limit of adding to a position");
    expect(result?.order?.quantity.toFixed()).toBe("0.499");
  });

  it("takes what the first entry left of their common share", () => {
    const [result] = judge([inProfit({ quantity: decimal("1.3") })]);
    // 15 % of 10,000 less 1.3 x 990 is 213 of margin, at 1000.2 each.
    expect(result?.order?.quantity.toFixed()).toBe("0.212");
    const [full] = judge([inProfit({ quantity: decimal("1.6") })]);
    expect(full?.verdict).toMatchObject({ outcome: "rejected", rule: "order-quantity" });
  });

  it("takes no more than they leave that the legs of the first one still to come have kept", () => {
    const [result] = judge([withLeg(inProfit(), 0.4)]);
    // 15 % of 10,000 less 990 and 392 is 118 of margin.
    expect(result?.order?.quantity.toFixed()).toBe("0.117");
  });

  it("binds with the first no more than one position may, whatever both may together", () => {
    const [cut] = judge([inProfit()], { ...ON, positionMarginMax: 0.12 });
    // 12 % of 10,000 less 990 is 210 of margin.
    expect(cut?.verdict).toMatchObject({ outcome: "resized", rule: "position-margin" });
    expect(cut?.order?.quantity.toFixed()).toBe("0.209");
    const bound = cut?.verdict?.checks.find(({ rule }) => rule === "position-margin");
    expect(Number(bound?.measured)).toBeCloseTo(0.1199, 4);
    const [full] = judge([inProfit({ quantity: decimal("1.3") })], { ...ON, positionMarginMax: 0.12 });
    expect(full?.order).toBeNull();
  });

  it("has its stop before the liquidation of both together, whose tier is that of all they are worth", () => {
    const context = (held: number, toCome: number) =>
      buildContext({
        entry: buildEntry({
          leverage: decimal(20),
          stopLoss: decimal(955),
          addsTo: withLeg(inProfit({ quantity: decimal(held) }), toCome),
        }),
        order: buildOrder({ quantity: decimal(20) }),
        market: buildMarket({ matching: NEWEST_MATCHING }),
      });
    const outcomeOf = (held: number, toCome = 0) => liquidationDistanceRule.check(context(held, toCome)).outcome;
    // 500,000 begins the next tier: liquidated at 956.7 instead of 954.3.
    expect([outcomeOf(470), outcomeOf(490)]).toEqual(["pass", "fail"]);
    expect([outcomeOf(470, 5), outcomeOf(470, 20)], "its legs still to come count").toEqual(["pass", "fail"]);
  });

  it("is one order, also where entries of its bot are cut into legs", () => {
    const dca = { legs: [{ againstFraction: 0.01, share: 0.5 }] };
    const [result] = judge([inProfit()], ON, 1, dca);
    expect([result?.order?.quantity.toFixed(), result?.order?.legs]).toEqual(["0.499", []]);
  });

  it.each<[held: MarketPosition[], why: string]>([
    [[inProfit({ mark: decimal(990) })], "it is not in profit"],
    [[inProfit({ mark: decimal(980) })], "it is not in profit"],
    [[inProfit({ side: "short", entryPrice: decimal(1010) })], "it is of the other side"],
    [[inProfit({ leverage: decimal(2) })], "it has another leverage"],
    [[inProfit({ marketId: 9 })], "it is in another market"],
    [[addedTo(inProfit())], "it was added to before"],
  ])("is refused otherwise, and the reason says why: %#", (held, why) => {
    const { check, text } = said(held);
    expect(check).toMatchObject({ outcome: "fail", measured: "1", limit: `0 (${why})` });
    expect(text).toBe(`this pair has an open position, and it may not be added to: ${why}`);
  });

  it("is judged by the stop and the targets of the position that it becomes a part of", () => {
    const verdictOf = (part: Partial<MarketPosition>) => judge([{ ...inProfit(), ...part }])[0]?.verdict;
    expect(verdictOf({ stopLoss: decimal(999) })).toMatchObject({ outcome: "rejected", rule: "stop-distance" });
    expect(verdictOf({ takeProfit: decimal(1010) })).toMatchObject({ outcome: "rejected", rule: "reward-to-risk" });
    const half = inProfit({ quantity: decimal("0.5"), takeProfit: decimal(1200) });
    const parts = { entryLegs: [], remainingLegs: [{ target: "1010", quantity: "0.45" }], added: 0 };
    expect(verdictOf({ ...half, exitPlan: parts })).toMatchObject({ outcome: "rejected", rule: "reward-to-risk" });
  });

  it("leaves whole at a target of a part that is more than what its mode left of the position", () => {
    // Twice what the stop loses; at 1200 nothing is left.
    const exitPlan = { entryLegs: [], remainingLegs: [{ target: "1100", quantity: "0.8" }], added: 0 };
    const rest = { ...inProfit({ quantity: decimal("0.5"), takeProfit: decimal(1200) }), exitPlan };
    const verdict = judge([rest])[0]?.verdict;
    expect(verdict?.checks.find(({ rule }) => rule === "reward-to-risk")?.measured).toMatch(/^1\.9/);
  });

  it("is judged by its own stop and size where its bot may not add: the pair alone stands in its way", () => {
    const [result] = judge([inProfit({ quantity: decimal(2), stopLoss: decimal(999) })], {});
    const failed = result?.verdict?.checks.filter(({ outcome }) => outcome === "fail") ?? [];
    expect(failed.map(({ rule }) => rule)).toEqual(["pair-is-free"]);
  });

  it("names the wait: for a profit where that is what lacks, else for the close", () => {
    const waitOf = (held: MarketPosition[]) => {
      const { check } = said(held);
      return check && nearestChange({ rule: check.rule, failed: [check] });
    };
    expect(waitOf([inProfit({ mark: decimal(980) })])).toBe(
      "wait until the open position in this pair is in profit, or closed",
    );
    expect(waitOf([addedTo(inProfit())])).toBe("wait until the open position in this pair is closed");
  });

  it("happens once also within one cycle: the third entry finds the position that was added to", () => {
    const results = judge([inProfit()], { ...ON, entriesPerCycleMax: 3 }, 2);
    expect(results.map(({ verdict }) => verdict?.rule)).toEqual(["pair-is-free", "pair-is-free"]);
    expect(results.map(({ order }) => order === null)).toEqual([false, true]);
  });

  it("opens no further position: a bot that holds as many as it may can add to one", () => {
    expect(judge([inProfit()], { ...ON, openPositionsMax: 1 })[0]?.verdict?.outcome).toBe("resized");
    const other = inProfit({ id: "2", pair: "ETH/USDT", marketId: 2 });
    expect(judge([inProfit(), other], { ...ON, openPositionsMax: 2 })[0]?.verdict?.outcome).toBe("resized");
  });

  it("never binds more than its share, nor both more than theirs, whatever is held", () => {
    const share = fc.integer({ min: 1, max: 250 }).map((each) => each / 1000);
    let seen = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2400 }), share, share, (thousandths, own, together) => {
        const held = inProfit({ quantity: decimal(thousandths).div(1000) });
        const [result] = judge([held], { pyramidingMarginMax: own, pyramidingTogetherMax: together });
        if (!result?.order) return;
        seen += 1;
        const margin = result.order.quantity.times("1000.2");
        expect(margin.lte(10_000 * own + 1e-6)).toBe(true);
        expect(margin.plus(held.margin).lte(10_000 * together + 1e-6)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(seen).toBeGreaterThan(100);
  });
});
