import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { decimal, type DecimalInput } from "../money";
import { NEWEST_MATCHING, type SecondMatching } from "./matching";
import { fillExactly, quoteFromCandle, type QuoteRequest } from "./quote-from-candle";

type Case = [
  side: "buy" | "sell",
  price: DecimalInput,
  tick: DecimalInput,
  orderValue: DecimalInput,
  candleValue: DecimalInput | null,
];

const quote = ([side, price, tick, orderValue, candleValue]: Case) =>
  quoteFromCandle({
    side,
    price: decimal(price),
    tick: decimal(tick),
    orderValue: decimal(orderValue),
    candleValue: candleValue === null ? null : decimal(candleValue),
  });

describe("quoteFromCandle", () => {
  it.each<[string, Case, string, string]>([
    ["0.01 % each side for no order", ["buy", 30000, "0.1", 0, 1_000_000], "30003", "3"],
    ["the same below for a sell", ["sell", 30000, "0.1", 0, null], "29997", "3"],
    ["half a tick where that is more, rounded out", ["buy", 1, "0.1", 0, null], "1.1", "0.1"],
    ["an impact by the root of the share", ["buy", 30000, "0.1", 10_000, 1_000_000], "30004.5", "4.5"],
    ["the full impact for an order as large as the candle", ["sell", 30000, "0.1", 500, 500], "29982", "18"],
    ["rounding against the buyer", ["buy", "100.04", "0.01", 0, null], "100.06", "0.02"],
    ["rounding against the seller", ["sell", "100.04", "0.01", 0, null], "100.02", "0.02"],
    ["never less than a tick for a sell", ["sell", "0.01", "0.01", 0, null], "0.01", "0"],
  ])("gives %s", (_, request, price, slippage) => {
    expect(quote(request).price.toFixed()).toBe(price);
    expect(quote(request).slippage.toFixed()).toBe(slippage);
  });

  it.each([null, 0])("takes the impact of a whole candle and says so when the volume is %s", (candleValue) => {
    const assumed = quote(["buy", 30000, "0.1", 50, candleValue]);
    expect(assumed.isImpactAssumed).toBe(true);
    expect(assumed.price.toFixed()).toBe(quote(["buy", 30000, "0.1", 50, 50]).price.toFixed());
  });

  it("assumes nothing for no order, nor where it is known what was traded", () => {
    expect(quote(["buy", 30000, "0.1", 0, null]).isImpactAssumed).toBe(false);
    expect(quote(["buy", 30000, "0.1", 50, 1000]).isImpactAssumed).toBe(false);
  });

  it("refuses a price, tick or value that cannot be", () => {
    expect(() => quote(["buy", 0, "0.1", 1, 1])).toThrow(RangeError);
    expect(() => quote(["buy", 1, 0, 1, 1])).toThrow(RangeError);
    expect(() => quote(["buy", 1, "0.1", -1, 1])).toThrow(/negative/);
    expect(() => quote(["buy", 1, "0.1", 1, -1])).toThrow(/negative/);
    expect(() => quote(["buy", "NaN", "0.1", 1, 1])).toThrow(RangeError);
  });

  const ticks = fc.constantFrom("0.0001", "0.01", "0.1", "1");
  const market = fc.record({
    tick: ticks,
    steps: fc.integer({ min: 2, max: 1e7 }),
    orderValue: fc.integer({ min: 0, max: 1e6 }),
    candleValue: fc.option(fc.integer({ min: 0, max: 1e9 })),
  });

  it("is always on the tick, and never better than the reference price", () => {
    fc.assert(
      fc.property(market, fc.constantFrom("buy" as const, "sell" as const), (m, side) => {
        const price = decimal(m.tick).times(m.steps);
        const filled = quote([side, price, m.tick, m.orderValue, m.candleValue]).price;
        expect(filled.mod(m.tick).isZero()).toBe(true);
        expect(filled.gt(0)).toBe(true);
        expect(side === "buy" ? filled.gt(price) : filled.lt(price)).toBe(true);
      }),
    );
  });

  const amounts = fc
    .tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: -9, max: 3 }))
    .map(([whole, exponent]) => decimal(`${whole}e${exponent}`));
  const requests: fc.Arbitrary<QuoteRequest> = fc.record({
    side: fc.constantFrom("buy" as const, "sell" as const),
    price: amounts,
    tick: fc.constantFrom("0.000000001", "0.0001", "0.01", "0.1", "0.25", "1", "3").map(decimal),
    // A share of the candle by which the impact has few digits, so that the price may lie on a tick.
    orderValue: fc.oneof(fc.constantFrom(0, 1, 4, 100, 6.25).map(decimal), amounts),
    candleValue: fc.oneof(fc.constantFrom(null, ...[0, 1, 100, 10_000].map(decimal)), amounts),
    candleRange: fc.constantFrom(null, 0.001, 0.004, 0.0123),
    matching: fc.constantFrom({ version: 1 as const }, NEWEST_MATCHING),
  });

  it("is to the last digit the price of exact arithmetic, on a tick and beside it", () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(quoteFromCandle(request).price).toEqual(fillExactly(request));
      }),
      { numRuns: 3000 },
    );
  });

  it("never gets better for a larger order", () => {
    fc.assert(
      fc.property(market, fc.integer({ min: 0, max: 1e6 }), (m, more) => {
        const price = decimal(m.tick).times(m.steps);
        const candleValue = m.candleValue ?? 1000;
        const small = quote(["buy", price, m.tick, m.orderValue, candleValue || 1]);
        const large = quote(["buy", price, m.tick, m.orderValue + more, candleValue || 1]);
        expect(large.price.gte(small.price)).toBe(true);
      }),
    );
  });
});

describe("a quote by matching version 2", () => {
  const asked = { side: "buy", price: decimal(30000), tick: decimal("0.1"), candleValue: decimal(1_000_000) } as const;
  const priceOf = (orderValue: number, candleRange: number | null, part: Partial<SecondMatching> = {}) =>
    quoteFromCandle({
      ...asked,
      orderValue: decimal(orderValue),
      candleRange,
      matching: { ...NEWEST_MATCHING, ...part },
    }).price.toFixed();

  it.each([
    ["is that of version 1 in a calm candle", 10_000, 0.002, {}, "30004.5"],
    ["and where the range is unknown", 10_000, null, {}, "30004.5"],
    ["has ten times the impact in a candle that ranged ten times as wide", 10_000, 0.02, {}, "30018"],
    ["has the bot's own spread", 0, 0.02, { halfSpreadRate: 0.001 }, "30030"],
    ["has the bot's own impact", 10_000, 0.001, { impactRate: 0.001 }, "30006"],
  ] as const)("%s", (_, orderValue, range, part, price) => {
    expect(priceOf(orderValue, range, part)).toBe(price);
  });
});
