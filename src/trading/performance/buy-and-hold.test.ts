import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, type Decimal } from "../money";
import { buyBenchmark, buyHolding, flowBenchmark, measureBenchmark } from "./buy-and-hold";

const RULES = { tick: "0.01", lot: "0.001", takerFeeRate: "0.0005" };

it("buys a share at half spread, impact and taker fee, down to the lot, and keeps what is left", () => {
  // Unknown volume: 0.01 % and 0.05 % of 100 above it; 5000 / (100.06 x 1.0005) = 49.945...
  const holding = buyHolding(decimal(5000), { rules: RULES, price: decimal(100), candleValue: null });
  expect(holding.quantity.toFixed()).toBe("49.945");
  // 5000 - 49.945 x 100.06 - 2.49874835.
  expect(holding.rest.toFixed()).toBe("0.00455165");
});

it("puts a capital in equal shares into its pairs, and measures its change on all of it", () => {
  const entry = { rules: RULES, price: decimal(100), candleValue: null };
  const benchmark = buyBenchmark(decimal(10_000), [entry, { ...entry, price: decimal(50) }]);
  // 0.00455165 of each share is left over; 49.945 at 110 and 99.890 at 45.
  const { worth, fraction } = measureBenchmark(benchmark, [decimal(110), decimal(45)]);
  expect([worth.toFixed(), fraction.toFixed()]).toEqual(["9989.0091033", "-0.00109908967"]);
  expect(() => measureBenchmark(benchmark, [decimal(110)])).toThrow(/every pair/);
});

it("keeps a share whole that buys no lot", () => {
  const entry = { rules: { ...RULES, lot: "1" }, price: decimal(6000), candleValue: null };
  expect(buyHolding(decimal(5000), entry)).toEqual({ quantity: decimal(0), rest: decimal(5000) });
});

it("never spends more than its share, and leaves less than two lots of it unspent", () => {
  const amounts = fc.record({
    share: fc.integer({ min: 100, max: 10_000_000 }),
    cents: fc.integer({ min: 100, max: 10_000_000 }),
    candleValue: fc.option(fc.integer({ min: 1, max: 1_000_000_000 })),
  });
  fc.assert(
    fc.property(amounts, ({ share, cents, candleValue }) => {
      // An order much larger than what its candle traded moves the price without limit: such a benchmark means nothing.
      fc.pre(candleValue === null || candleValue * 100 > share);
      const price = decimal(cents).div(100);
      const value = candleValue === null ? null : decimal(candleValue);
      const { rest } = buyHolding(decimal(share), { rules: RULES, price, candleValue: value });
      expect(rest.gte(0)).toBe(true);
      expect(rest.lte(price.times("0.002").plus(decimal(share).times("0.01")).plus("0.01").times(2))).toBe(true);
    }),
  );
});

describe("money that comes to a benchmark or goes", () => {
  const entry = (price: number) => ({ rules: RULES, price: decimal(price), candleValue: null });
  const prices = (...values: number[]) => values.map((value) => decimal(value));

  it("is bought in equal shares at its price then, and is no return but for what it costs", () => {
    const start = buyBenchmark(decimal(10_000), [entry(100), entry(50)]);
    const before = measureBenchmark(start, prices(110, 45));
    const more = flowBenchmark(start, decimal(2000), [entry(110), entry(45)]);
    const after = measureBenchmark(more, prices(110, 45));
    // Each 1,000 pays 0.06 % of price, to the tick, and 0.05 % of fee: 1.10, and up to 0.11 for half a tick of 45.
    const cost = before.worth.plus(2000).minus(after.worth).toNumber();
    expect(cost).toBeGreaterThan(2);
    expect(cost).toBeLessThan(2.42);
    expect(after.fraction.toNumber()).toBeLessThan(before.fraction.toNumber());
    expect(after.fraction.toNumber()).toBeCloseTo(before.fraction.toNumber(), 3);
    expect(more.holdings[0]?.quantity.minus(start.holdings[0]?.quantity ?? 0).toFixed()).toBe("9.08");
  });

  it("is sold of each pair by its worth, and what is left goes on as before", () => {
    const start = buyBenchmark(decimal(10_000), [entry(100), entry(50)]);
    const less = flowBenchmark(start, decimal(-5000), [entry(100), entry(50)]);
    const { worth, fraction } = measureBenchmark(less, prices(200, 100));
    expect(worth.toNumber()).toBeGreaterThan(9960);
    expect(worth.toNumber()).toBeLessThan(9990);
    expect(fraction.toNumber()).toBeCloseTo(measureBenchmark(start, prices(200, 100)).fraction.toNumber(), 2);
  });

  it("is at most all of it: a benchmark that has lost more than the bot stays at its return", () => {
    const start = buyBenchmark(decimal(1000), [entry(100)]);
    const fallen = measureBenchmark(start, prices(40)).fraction.toNumber();
    const empty = flowBenchmark(start, decimal(-600), [entry(40)]);
    expect(measureBenchmark(empty, prices(80))).toEqual({ worth: decimal(0), fraction: expect.anything() as Decimal });
    expect(measureBenchmark(empty, prices(80)).fraction.toNumber()).toBe(fallen);
    const refilled = flowBenchmark(empty, decimal(100), [entry(80)]);
    expect(measureBenchmark(refilled, prices(160)).fraction.toNumber()).toBeCloseTo((1 + fallen) * 2 - 1, 2);
  });
});
