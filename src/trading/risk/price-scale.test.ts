import fc from "fast-check";
import { expect, it } from "vitest";
import { decimal, toPlain } from "../money";
import { assessDecisions } from "./assess-decisions";
import { riskLimitsSchema } from "./risk-limits";
import { sizingSchema } from "./sizing/sizing-settings";
import {
  buildDecision,
  buildHistory,
  buildMarket,
  buildPortfolio,
  inItsMarket,
  NEUTRAL,
  SLOT,
} from "./testing/risk-context-builder";

type Asked = {
  readonly stop: number;
  readonly target: number;
  readonly sizeFraction: number;
  readonly leverage: number;
  readonly method: string;
};

/** The verdict on a long at 1000 x scale, its stop and target at these shares of it, in a market whose steps scale too. */
const judgeAt = (scale: string, { stop, target, sizeFraction, leverage, method }: Asked) => {
  const priced = (price: number): string => toPlain(decimal(price).times(scale));
  const lot = toPlain(decimal("0.001").div(scale));
  const market = buildMarket({
    rules: { tick: priced(0.1), lot, quantityMin: lot },
    referencePrice: decimal(priced(1000)),
  });
  const levels = { entryPrice: priced(1000), stopLoss: priced(1000 - stop), takeProfit: priced(1000 + target) };
  const [judged] = assessDecisions({
    ...NEUTRAL,
    time: SLOT,
    intervalSeconds: 300,
    isLive: false,
    tradingState: "active",
    isControl: false,
    limits: riskLimitsSchema.parse({}),
    sizing: sizingSchema.parse({ method }),
    decisions: [inItsMarket(buildDecision({ ...levels, sizeFraction, leverage }))],
    portfolio: buildPortfolio(),
    marketOf: () => market,
    historyOf: () => buildHistory(),
    correlationsOf: () => [],
  });
  const { verdict, order } = judged ?? {};
  const outcomes = verdict?.checks.map(({ rule, outcome }) => `${rule} ${outcome}`);
  const value = order && toPlain(order.quantity.times(order.referencePrice));
  return { outcome: verdict?.outcome, rule: verdict?.rule, size: verdict?.size, outcomes, value };
};

const asked = fc.record({
  stop: fc.integer({ min: 1, max: 300 }),
  target: fc.integer({ min: 1, max: 300 }),
  sizeFraction: fc.constantFrom(0.001, 0.01, 0.1, 0.3),
  leverage: fc.integer({ min: 1, max: 6 }),
  method: fc.constantFrom("mode", "fixed-share", "risk-per-trade"),
});

it("a coin of a tenth of a cent and one of a hundred thousand get one verdict at equal value and distances", () => {
  const outcomes = new Set<string>();
  fc.assert(
    fc.property(asked, fc.constantFrom("0.000001", "0.0005", "0.5", "100"), (wish, scale) => {
      const judged = judgeAt("1", wish);
      outcomes.add(judged.outcome ?? "none");
      expect(judgeAt(scale, wish)).toEqual(judged);
    }),
    { numRuns: 200, endOnFailure: true },
  );
  expect([...outcomes].toSorted()).toEqual(["approved", "rejected", "resized"]);
});
