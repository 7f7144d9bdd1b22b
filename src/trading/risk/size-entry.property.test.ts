import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feeOf } from "../execution/fees";
import { entrySideOf, fillMarketOrder } from "../execution/fill-market-order";
import { decimal } from "../money";
import { pricePnl } from "../portfolio/position";
import { applyEntry } from "./apply-entry";
import { assessEntry } from "./assess-entry";
import { lossAtStop } from "./basis/outcomes";
import type { PastResult } from "./basis/past-results";
import type { RiskContext } from "./basis/risk-context";
import { SIZING_METHODS } from "./basis/size-steps";
import { riskLimitsSchema } from "./risk-limits";
import type { LimitName } from "./risk-rules";
import { sizingSchema, type Sizing } from "./sizing/sizing-settings";
import {
  buildConditions,
  buildContext,
  buildDecision,
  buildEntry,
  buildMarket,
  buildPortfolio,
  sizeBy,
} from "./testing/risk-context-builder";

const limits = riskLimitsSchema.parse({});
const RUNS = { numRuns: 1000 };
const SIZINGS = SIZING_METHODS.map((method) => sizingSchema.parse({ method }));

const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => decimal(value).div(100));
/** Evenly distributed, unlike fc.double, whose numbers are mostly close to zero. */
const between = (low: number, high: number) =>
  fc.integer({ min: 0, max: 1_000_000_007 }).map((value) => low + ((high - low) * value) / 1_000_000_007);

const scaled = fc.record({
  side: fc.constantFrom("long" as const, "short" as const),
  equity: cents(100_000_000),
  cashShare: between(0, 1),
  marginShare: between(0, 1),
  grossTimes: between(0, 3),
  tick: fc.constantFrom<string[]>("0.0001", "0.01", "0.1", "1"),
  ticks: fc.integer({ min: 2, max: 10_000_000 }),
  lot: fc.constantFrom<string[]>("0.00000001", "0.001", "0.03", "1", "10"),
  leverage: fc.constantFrom("1", "1.5", "2", "3", "5", "7", "10"),
  sizeFraction: between(0, 1),
  score: between(0, 1),
  stopShare: between(0.001, 0.4),
  candleValue: fc.option(cents(1_000_000_000)),
  positionMarginMax: between(0.01, 1),
  totalMarginMax: between(0.05, 1),
  grossNotionalMax: between(0.1, 10),
  sizing: fc.constantFrom<Sizing>(...SIZINGS),
  share: between(0.001, 1),
  conditions: fc.record({ rangeFraction: between(0.0001, 0.5), yearlyVolatility: between(0.001, 5) }),
  returns: fc.array(between(-1, 2), { minLength: 15, maxLength: 40 }),
});
type Scaled = typeof scaled extends fc.Arbitrary<infer T> ? T : never;

/** The sizing with a share of its own where it has one. */
const sizingOf = ({ sizing, share }: Scaled): Sizing => {
  switch (sizing.method) {
    case "fixed-share":
    case "score-scaled":
      return { ...sizing, share };
    case "tiers":
      return { ...sizing, tiers: [{ scoreMin: 0, share }] };
    case "risk-per-trade":
      return { ...sizing, riskShare: share / 10 };
    case "volatility-target":
      return { ...sizing, yearlyVolatility: share };
    case "mode":
    case "kelly":
      return sizing;
  }
};

const toResults = (returns: readonly number[]): PastResult[] =>
  returns.map((each, exitedAt) => ({
    marketId: 1,
    exitedAt,
    realizedPnl: decimal(each).times(100).toFixed(),
    notional: "100",
  }));

const toContext = (s: Scaled): RiskContext<LimitName> => {
  const referencePrice = decimal(s.tick).times(s.ticks);
  const isLong = s.side === "long";
  const context = {
    entry: buildEntry({
      side: s.side,
      decision: buildDecision({ side: s.side, score: s.score }),
      sizeFraction: s.sizeFraction,
      leverage: decimal(s.leverage),
      stopLoss: referencePrice.times(isLong ? 1 - s.stopShare : 1 + s.stopShare),
      takeProfit: referencePrice.times(isLong ? 1.5 : 0.5),
    }),
    market: buildMarket({
      referencePrice,
      candleValue: s.candleValue,
      rules: { tick: s.tick, lot: s.lot, quantityMin: "0" },
    }),
    portfolio: buildPortfolio({
      equity: s.equity,
      cash: s.equity.times(s.cashShare).toDecimalPlaces(8),
      margin: s.equity.times(s.marginShare).toDecimalPlaces(8),
      grossNotional: s.equity.times(s.grossTimes).toDecimalPlaces(8),
    }),
    limits: {
      ...limits,
      positionMarginMax: s.positionMarginMax,
      totalMarginMax: s.totalMarginMax,
      grossNotionalMax: s.grossNotionalMax,
    },
  };
  const conditions = buildConditions(s.conditions);
  const question = { sizing: sizingOf(s), conditions, results: toResults(s.returns) };
  return buildContext({ ...context, conditions, order: sizeBy(context, question) });
};

/** Any amounts, and some with a lot of money's last digit, where limits and lots meet exactly. */
const anySize = fc.oneof(
  scaled,
  scaled.map((s) => ({ ...s, lot: "0.00000001", tick: "0.01", ticks: 100, candleValue: null })),
);

describe("the size of an entry, for any equity, price, tick, lot, stop, leverage and limits", () => {
  it("is within every limit that it was cut to, to the last digit of money", () => {
    fc.assert(
      fc.property(anySize, (s) => {
        const { order, portfolio, limits: caps, market } = toContext(s);
        const { equity, cash } = portfolio;
        if (order.quantity.isZero()) return;
        expect(order.margin.lte(equity.times(caps.positionMarginMax)), "position margin").toBe(true);
        expect(portfolio.margin.plus(order.margin).lte(equity.times(caps.totalMarginMax)), "total margin").toBe(true);
        expect(order.margin.plus(order.fee).lte(cash), "cash").toBe(true);
        const marked = (market.referencePrice ?? order.price).times(order.quantity);
        for (const value of [order.notional, marked]) {
          expect(portfolio.grossNotional.plus(value).lte(equity.times(caps.grossNotionalMax)), "gross").toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("is a multiple of the lot, never negative, and never more than the bot's way of sizing wanted", () => {
    fc.assert(
      fc.property(anySize, (s) => {
        const { order, entry, market } = toContext(s);
        expect(order.quantity.gte(0)).toBe(true);
        expect(order.quantity.mod(market.rules.lot).isZero()).toBe(true);
        const wanted = decimal(order.steps.wanted).div(entry.leverage);
        expect(order.margin.lte(wanted.plus("0.00000001"))).toBe(true);
      }),
      RUNS,
    );
  });

  it("is judged at the very price, fee and slippage that its quantity is filled at", () => {
    fc.assert(
      fc.property(anySize, (s) => {
        const { order, entry, market } = toContext(s);
        if (order.quantity.isZero() || market.referencePrice === null) return;
        const fill = fillMarketOrder({
          side: entrySideOf(entry.side),
          takerFeeRate: decimal("0.0005"),
          quantity: order.quantity,
          referencePrice: market.referencePrice,
          tick: decimal(market.rules.tick),
          candleValue: market.candleValue,
        });
        expect([order.price, order.fee, order.slippage].join()).toBe([fill.price, fill.fee, fill.slippage].join());
      }),
    );
  });

  it("is never enlarged by the verdict, and a size that was cut to a limit is not refused by it", () => {
    fc.assert(
      fc.property(anySize, (s) => {
        const context = toContext(s);
        const verdict = assessEntry(context);
        expect(verdict.order === null || verdict.order.quantity.eq(context.order.quantity)).toBe(true);
        if (context.order.quantity.isZero()) return;
        const failed = verdict.checks.filter((check) => check.outcome === "fail").map((check) => check.rule);
        expect(failed).not.toEqual(
          expect.arrayContaining([expect.stringMatching(/^(position-margin|total-margin|gross-notional|cash)$/)]),
        );
      }),
      RUNS,
    );
  });

  it("leaves books in which equity is still cash + margin + unrealised, and cash is not negative", () => {
    fc.assert(
      fc.property(anySize, (s) => {
        const { order, entry, market, portfolio: drawn, time } = toContext(s);
        const portfolio = { ...drawn, equity: drawn.cash.plus(drawn.margin) };
        const after = applyEntry(portfolio, { entry, order, market, time });
        const unrealized = after.equity.minus(after.cash).minus(after.margin);
        expect(unrealized.lte(0)).toBe(true);
        expect(unrealized.abs().minus(order.slippage).abs().lte("0.00000001")).toBe(true);
        expect(after.cash.gte(0)).toBe(true);
      }),
    );
  });

  it("loses no more than the risk at its stop, but its fees and one tick, where it is sized by that risk", () => {
    let seen = 0;
    const byRisk = anySize.map((s) => ({ ...s, sizing: sizingSchema.parse({ method: "risk-per-trade" }) }));
    fc.assert(
      fc.property(byRisk, (s) => {
        const { order, entry, portfolio, market } = toContext(s);
        if (order.quantity.isZero() || entry.stopLoss === null) return;
        seen += 1;
        const exit = feeOf(entry.stopLoss, order.quantity, order.takerFeeRate);
        const risk = portfolio.equity.times(s.share / 10);
        const allowed = risk.plus(order.fee).plus(exit).plus(order.quantity.times(market.rules.tick));
        expect(lossAtStop(entry, order).lte(allowed)).toBe(true);
        // A stop that counts as farther away risks the less for it.
        expect(
          pricePnl(entry.side, { entry: order.price, exit: entry.stopLoss }, order.quantity)
            .neg()
            .lte(risk.plus("0.00000001")),
        ).toBe(true);
      }),
      // Two in three orders are nothing: there is no room or no lot for them.
      { numRuns: 4000 },
    );
    expect(seen, "orders of nothing would prove nothing").toBeGreaterThan(1000);
  });

  it("is of every way of sizing the smaller of what it wanted and what the limits leave", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anySize, (s) => {
        const { order } = toContext(s);
        seen.add(`${order.steps.method} ${order.resizedBy === null ? "whole" : "cut"}`);
        if (order.resizedBy === null) return;
        expect(order.notional.lte(decimal(order.steps.wanted).plus("0.00000001"))).toBe(true);
      }),
      RUNS,
    );
    expect(seen.size, [...seen].join(", ")).toBe(2 * SIZING_METHODS.length);
  });
});
