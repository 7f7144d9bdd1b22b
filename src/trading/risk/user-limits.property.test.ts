import fc from "fast-check";
import { expect, it } from "vitest";
import { decimal, sumOf, type Decimal } from "../money";
import { notionalOf, unrealizedPnl } from "../portfolio/position";
import { buildPosition } from "../portfolio/testing/position-builder";
import { assessDecisions, type AssessedDecision, type Assessment } from "./assess-decisions";
import type { MarketPosition } from "./basis/risk-context";
import type { UserView } from "./basis/user-view";
import { riskLimitsSchema } from "./risk-limits";
import {
  buildDecision,
  buildHistory,
  buildMarket,
  buildPortfolio,
  inItsMarket,
  marketIdOf,
  NEUTRAL,
  pairOf,
  SLOT,
} from "./testing/risk-context-builder";

const PAIRS = ["A/USDT", "B/USDT", "C/USDT", "D/USDT"];
const SIDES = ["long", "short"] as const;
const side = fc.constantFrom(...SIDES);
const money = (most: number) => fc.integer({ min: 0, max: most }).map(decimal);
const limit = (most: number) => fc.option(fc.integer({ min: 1, max: most }).map(decimal), { freq: 4 });
const each = <Value>(value: fc.Arbitrary<Value>) =>
  fc.array(value, { minLength: PAIRS.length, maxLength: PAIRS.length });

const drawnUser = fc.record({
  pairs: each(
    fc.record({
      action: fc.constantFrom("open" as const, "open" as const, "close" as const),
      side,
      price: fc.integer({ min: 1000, max: 5_000_000 }).map((cents) => decimal(cents).div(100)),
      held: fc.constantFrom(0, 0, 900, 3000),
      others: fc.record({ long: money(6000), short: money(6000) }),
      /** With each other pair; null: unknown. */
      correlations: each(fc.constantFrom(null, -0.9, 0.2, 0.79, 0.8, 1)),
    }),
  ),
  grossNotionalMax: limit(40_000),
  sameSideNotionalMax: limit(20_000),
  dailyLossMax: limit(400),
  loss: fc.integer({ min: -300, max: 450 }).map(decimal),
  dayStart: fc.integer({ min: -200, max: 200 }),
});
type Drawn = typeof drawnUser extends fc.Arbitrary<infer T> ? T : never;

const pairIn = ({ pairs }: Drawn, pair: string) => pairs[PAIRS.indexOf(pair)] as Drawn["pairs"][number];

const correlationOf = (drawn: Drawn, one: string, other: string): number | null =>
  pairIn(drawn, one).correlations[PAIRS.indexOf(other)] ?? null;

const toPosition = (drawn: Drawn, pair: string): MarketPosition[] => {
  const { held, price, side: drawnSide } = pairIn(drawn, pair);
  if (held === 0) return [];
  const position = { quantity: decimal(held).div(price).toDecimalPlaces(6), entryPrice: price, mark: price };
  return [buildPosition({ id: pair, marketId: marketIdOf(pair), pair, side: drawnSide, ...position })];
};

const toUser = (drawn: Drawn): UserView => ({
  limits: {
    grossNotionalMax: drawn.grossNotionalMax,
    sameSideNotionalMax: drawn.sameSideNotionalMax,
    sameSideCorrelation: 0.8,
    dailyLossMax: drawn.dailyLossMax,
  },
  exposures: PAIRS.flatMap((pair) =>
    SIDES.map((held) => ({ marketId: marketIdOf(pair), pair, side: held, notional: pairIn(drawn, pair).others[held] })),
  ),
  loss: drawn.loss,
});

const toAssessment = (drawn: Drawn): Assessment => {
  const positions = PAIRS.flatMap((pair) => toPosition(drawn, pair));
  const [cash, margin] = [decimal(20_000), sumOf(positions.map((position) => position.margin))];
  const equity = sumOf([cash, margin, ...positions.map(unrealizedPnl)]);
  return {
    time: SLOT,
    intervalSeconds: 300,
    isLive: false,
    tradingState: "active",
    isControl: false,
    limits: riskLimitsSchema.parse({
      dailyLossOfCapitalMax: 0.5,
      dailyLossMax: 0.5,
      grossNotionalMax: 10,
      entriesPerCycleMax: 10,
      correlationMax: 1,
    }),
    user: toUser(drawn),
    portfolio: buildPortfolio({
      equity,
      cash,
      margin,
      positions,
      grossNotional: sumOf(positions.map(notionalOf)),
      peakEquity: equity,
      dayStartEquity: equity.plus(drawn.dayStart),
      dayLowEquity: equity,
    }),
    decisions: PAIRS.map((pair) => {
      const { action, side: wanted, price } = pairIn(drawn, pair);
      const [stopShare, targetShare] = wanted === "long" ? [0.95, 1.12] : [1.05, 0.88];
      const levels = { stopLoss: price.times(stopShare).toFixed(2), takeProfit: price.times(targetShare).toFixed(2) };
      return inItsMarket(buildDecision({ pair, action, side: wanted, leverage: 2, sizeFraction: 0.2, ...levels }));
    }),
    marketOf: (marketId) => {
      const pair = pairOf(marketId);
      const rules = { pair, tick: "0.01", quantityMin: "0.000001", lot: "0.000001" };
      return buildMarket({ marketId, referencePrice: pairIn(drawn, pair).price, rules });
    },
    historyOf: () => buildHistory(),
    correlationsOf: (marketId, open) =>
      open.map(({ pair }) => ({ pair, value: correlationOf(drawn, pairOf(marketId), pair) })),
    ...NEUTRAL,
  };
};

type Held = { readonly pair: string; readonly side: "long" | "short"; readonly value: Decimal };

/** What the bot holds after a result, each position at the price that it is marked at. */
const after = (held: readonly Held[], { decision, order }: AssessedDecision): Held[] => {
  if (!order) return [...held];
  if (order.purpose === "exit") return held.filter(({ pair }) => pair !== decision.pair);
  const value = order.quantity.times(order.referencePrice);
  return [...held, { pair: decision.pair, side: decision.side ?? "long", value }];
};

it("no entry takes all bots of a user past what the user allows them, by the sums that this test makes itself", () => {
  const seen = { approved: 0, resized: 0, rejected: 0 };
  fc.assert(
    fc.property(drawnUser, (drawn) => {
      const assessment = toAssessment(drawn);
      const others: Held[] = PAIRS.flatMap((pair) =>
        SIDES.map((held) => ({ pair, side: held, value: pairIn(drawn, pair).others[held] })),
      );
      let own: Held[] = assessment.portfolio.positions.map((position) => ({
        pair: position.pair,
        side: position.side,
        value: notionalOf(position),
      }));
      for (const result of assessDecisions(assessment)) {
        const { decision, order, verdict } = result;
        own = after(own, result);
        if (verdict?.rule?.startsWith("user-") || verdict?.outcome === "approved") seen[verdict.outcome] += 1;
        if (order?.purpose !== "entry") continue;
        const all = [...others, ...own];
        const sameSide = all.filter(({ pair, side: held }) => {
          const correlation = correlationOf(drawn, decision.pair, pair);
          const moves = pair === decision.pair || correlation === null || correlation >= 0.8;
          return held === decision.side && moves;
        });
        const lost = drawn.loss.plus(drawn.dayStart);
        expect(sumOf(all.map(({ value }) => value)).lte(drawn.grossNotionalMax ?? Infinity), "gross").toBe(true);
        expect(sumOf(sameSide.map(({ value }) => value)).lte(drawn.sameSideNotionalMax ?? Infinity), "side").toBe(true);
        expect(lost.lt(drawn.dailyLossMax ?? Infinity), "daily loss").toBe(true);
      }
    }),
    { numRuns: 2000 },
  );
  for (const outcome of ["approved", "resized", "rejected"] as const) {
    expect(seen[outcome], `${outcome} by them: else it proves nothing`).toBeGreaterThan(100);
  }
});

it("no exit is held back by what the user allows all bots", () => {
  fc.assert(
    fc.property(drawnUser, (drawn) => {
      const least = {
        grossNotionalMax: decimal("0.01"),
        sameSideNotionalMax: decimal("0.01"),
        dailyLossMax: decimal("0.01"),
      };
      const results = assessDecisions(toAssessment({ ...drawn, ...least, loss: decimal(1_000_000) }));
      const asked = results.filter(({ decision }) => decision.action === "close");
      const held = asked.filter(({ decision }) => pairIn(drawn, decision.pair).held > 0);
      expect(held.every(({ order }) => order?.purpose === "exit")).toBe(true);
      expect(results.some(({ order }) => order?.purpose === "entry")).toBe(false);
    }),
  );
});
