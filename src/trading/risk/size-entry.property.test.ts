import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feeOf } from "../execution/fees";
import { entrySideOf, fillMarketOrder } from "../execution/fill-market-order";
import { decimal, sumOf } from "../money";
import { reservedBy } from "../portfolio/reserved";
import { applyEntry } from "./apply-entry";
import { assessEntry } from "./assess-entry";
import { lossAtStop } from "./basis/outcomes";
import { SIZING_METHODS } from "./basis/size-steps";
import { sizingSchema } from "./sizing/sizing-settings";
import { anySize, toContext } from "./contract/any-size";

const RUNS = { numRuns: 1000 };

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
          quantity: order.firstQuantity,
          referencePrice: market.referencePrice,
          tick: decimal(market.rules.tick),
          candleValue: market.candleValue,
        });
        const fee = order.fee.minus(reservedBy(order.legs, entry.leverage).fees);
        expect([order.price, fee, order.slippage].join()).toBe([fill.price, fill.fee, fill.slippage].join());
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
        // What the legs will cost is taken from cash already.
        const { fees } = reservedBy(order.legs, entry.leverage);
        const unrealized = after.equity.minus(after.cash).minus(after.margin).minus(fees);
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
        const exits = order.fee.plus(exit);
        const priceRounding = order.quantity.times(market.rules.tick).times(order.legs.length).plus("0.0000001");
        expect(lossAtStop(entry, order).minus(exits).lte(risk.plus(priceRounding))).toBe(true);
      }),
      // Two in three orders are nothing: there is no room or no lot for them.
      { numRuns: 4000 },
    );
    expect(seen, "orders of nothing would prove nothing").toBeGreaterThan(1000);
  });

  it("is cut into legs that together with the first order are the whole, each in lots and before the next", () => {
    let seen = 0;
    fc.assert(
      fc.property(anySize, (s) => {
        const { order, entry, market } = toContext(s);
        const quantities = order.legs.map(({ quantity }) => decimal(quantity));
        expect(sumOf([order.firstQuantity, ...quantities]).eq(order.quantity)).toBe(true);
        for (const quantity of quantities) expect(quantity.gt(0) && quantity.mod(market.rules.lot).isZero()).toBe(true);
        const prices = [order.price, ...order.legs.map(({ price }) => decimal(price))];
        const isOrdered = prices.every((price, index) => {
          const next = prices[index + 1] ?? price;
          return entry.side === "long" ? next.lte(price) || next.eq(market.rules.tick) : next.gte(price);
        });
        expect(isOrdered).toBe(true);
        seen += order.legs.length;
      }),
      RUNS,
    );
    expect(seen, "orders without legs would prove nothing").toBeGreaterThan(200);
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
