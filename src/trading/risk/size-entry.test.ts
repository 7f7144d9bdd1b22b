import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entrySideOf, fillMarketOrder } from "../execution/fill-market-order";
import { decimal } from "../money";
import { applyEntry } from "./apply-entry";
import { assessEntry } from "./assess-entry";
import type { RiskContext } from "./basis/risk-context";
import { riskLimitsSchema } from "./risk-limits";
import type { LimitName } from "./risk-rules";
import { sizeEntry } from "./size-entry";
import { scoreFactor } from "../decision/basis/score-factor";
import { buildContext, buildDecision, buildEntry, buildMarket, buildPortfolio } from "./testing/risk-context-builder";

const limits = riskLimitsSchema.parse({});

describe("scoreFactor", () => {
  it.each([
    [0, "0.5"],
    [0.3, "0.5"],
    [0.45, "0.675"],
    [0.6, "0.85"],
    [0.75, "1.025"],
    [0.9, "1.2"],
    [1, "1.2"],
  ])("a score of %d is worth %s of the wanted size", (score, factor) => {
    expect(scoreFactor(score).toFixed()).toBe(factor);
  });
});

describe("sizeEntry", () => {
  const size = (part: Partial<Parameters<typeof sizeEntry>[0]>) =>
    sizeEntry({ entry: buildEntry(), market: buildMarket(), portfolio: buildPortfolio(), limits, ...part });

  it("takes the wanted share of equity, scaled by the score, at the price of the fill", () => {
    // 10,000 x 0.1 x factor(0.6) = 850; filled at 1000 + 0.1 + 0.5 x sqrt(850 / 1,000,000), up to the tick.
    const order = size({ entry: buildEntry({ decision: buildDecision({ score: 0.6 }) }) });
    expect(order).toMatchObject({ resizedBy: null });
    expect(
      [order.quantity, order.price, order.notional, order.margin, order.fee].map((value) => value.toFixed()),
    ).toEqual(["0.849", "1000.2", "849.1698", "849.1698", "0.4245849"]);
  });

  const wish = { sizeFraction: 1, decision: buildDecision({ score: 0.9 }) };
  it.each([
    ["position-margin", { entry: buildEntry(wish) }, "2.499"],
    ["total-margin", { entry: buildEntry(wish), portfolio: buildPortfolio({ margin: decimal(8000) }) }, "0.499"],
    [
      "gross-notional",
      { entry: buildEntry(wish), portfolio: buildPortfolio({ grossNotional: decimal(19_900) }) },
      "0.099",
    ],
    ["cash", { entry: buildEntry(wish), portfolio: buildPortfolio({ cash: decimal(300) }) }, "0.299"],
  ])("is cut to what %s leaves, and says so", (limit, part, quantity) => {
    const order = size(part);
    expect(order.resizedBy).toBe(limit);
    expect(order.quantity.toFixed()).toBe(quantity);
  });

  it.each([
    // At 1,000 to buy 7,500 the price is 1000.2 (1000 + 0.1 + 0.5 x sqrt(7500 / 1,000,000) = 1000.1433, up to the tick).
    // 25 % of 10,000 is a margin of 2,500: 7,500 at leverage 3, so 7500 / 1000.2 = 7.4985, down to the lot.
    ["position-margin", {}, "7.498"],
    // 85 % of 10,000 less the margin of 8,000 in use leaves 500 of margin: 1,500 at leverage 3, at 1000.2.
    ["total-margin", { margin: decimal(8000) }, "1.499"],
    // 300 of cash pay a third of the value and its fee: 300 / (1/3 + 0.0005) = 898.65, at 1000.2.
    ["cash", { cash: decimal(300) }, "0.898"],
  ])(
    "lets %s bind margin, not value: with leverage 3 it leaves room for three times as much",
    (limit, books, quantity) => {
      const entry = buildEntry({ ...wish, leverage: decimal(3) });
      const order = size({ entry, portfolio: buildPortfolio(books), limits: { ...limits, grossNotionalMax: 10 } });
      expect(order.resizedBy).toBe(limit);
      expect(order.quantity.toFixed()).toBe(quantity);
      expect(order.margin.toFixed()).toBe(order.notional.div(3).toDecimalPlaces(8).toFixed());
    },
  );

  it("names the price that was judged where nothing is ordered", () => {
    // No price: the decision's own. A lot of 10 is too large for 1,083 at 1000: it would fill at 1000.1165, up to the tick.
    expect(size({ market: buildMarket({ referencePrice: null }) }).price.toFixed()).toBe("1000");
    const tooLarge = size({ market: buildMarket({ rules: { lot: "10" } }) });
    expect([tooLarge.quantity, tooLarge.price].join(" ")).toBe("0 1000.2");
  });

  it("orders nothing without a price, without room and without equity", () => {
    const none = [
      size({ market: buildMarket({ referencePrice: null }) }),
      size({ portfolio: buildPortfolio({ margin: decimal(8500) }) }),
      size({ portfolio: buildPortfolio({ cash: decimal(0) }) }),
      size({ portfolio: buildPortfolio({ equity: decimal(-5), cash: decimal(-5) }) }),
      size({ entry: buildEntry({ sizeFraction: 0 }) }),
    ];
    expect(none.map((order) => [order.quantity, order.notional, order.margin, order.fee].join(" "))).toEqual(
      none.map(() => "0 0 0 0"),
    );
  });
});

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
});
type Scaled = typeof scaled extends fc.Arbitrary<infer T> ? T : never;

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
  return buildContext({ ...context, order: sizeEntry(context) });
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
      { numRuns: 1000 },
    );
  });

  it("is a multiple of the lot, never negative, and never more than the mode wanted", () => {
    fc.assert(
      fc.property(anySize, (s) => {
        const { order, entry, portfolio, market } = toContext(s);
        expect(order.quantity.gte(0)).toBe(true);
        expect(order.quantity.mod(market.rules.lot).isZero()).toBe(true);
        const wanted = portfolio.equity.times(entry.sizeFraction).times(scoreFactor(entry.decision.score));
        expect(order.margin.lte(wanted.plus("0.00000001"))).toBe(true);
      }),
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
});
