import fc from "fast-check";
import { decimal } from "../../money";
import type { PastResult } from "../basis/past-results";
import type { RiskContext } from "../basis/risk-context";
import { SIZING_METHODS } from "../basis/size-steps";
import { riskLimitsSchema } from "../risk-limits";
import type { LimitName } from "../risk-rules";
import { sizingSchema, type Sizing } from "../sizing/sizing-settings";
import {
  buildConditions,
  buildContext,
  buildDecision,
  buildEntry,
  buildMarket,
  buildPortfolio,
  sizeBy,
} from "../testing/risk-context-builder";

const limits = riskLimitsSchema.parse({});
const SIZINGS = SIZING_METHODS.map((method) => sizingSchema.parse({ method }));

const cents = (max: number) => fc.integer({ min: 0, max }).map((value) => decimal(value).div(100));
/** Evenly distributed, unlike fc.double, whose numbers are mostly close to zero. */
const between = (low: number, high: number) =>
  fc.integer({ min: 0, max: 1_000_000_007 }).map((value) => low + ((high - low) * value) / 1_000_000_007);

/** Up to three legs that leave something for the first entry. */
const anyLegs = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 3 }), fc.integer({ min: 5, max: 33 }))
  .map(([distances, share]) => ({
    legs: distances
      .toSorted((one, other) => one - other)
      .map((distance) => ({ againstFraction: distance / 1000, share: share / 100 })),
  }));

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
  dca: anyLegs,
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

export const toContext = (s: Scaled): RiskContext<LimitName> => {
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
  const question = { sizing: sizingOf(s), conditions, results: toResults(s.returns), dca: s.dca };
  return buildContext({ ...context, conditions, order: sizeBy(context, question) });
};

/** Any amounts, and some with a lot of money's last digit, where limits and lots meet exactly. */
export const anySize = fc.oneof(
  scaled,
  scaled.map((s) => ({ ...s, lot: "0.00000001", tick: "0.01", ticks: 100, candleValue: null })),
);
