import fc from "fast-check";
import { expect, it } from "vitest";
import { decimal } from "../money";
import { buyBenchmark, buyHolding, measureBenchmark } from "./buy-and-hold";

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
