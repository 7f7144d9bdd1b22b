import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  Decimal,
  decimal,
  maxOf,
  minOf,
  priceToMoney,
  sumOf,
  toLotDown,
  toMoney,
  toMoneyDown,
  toPlain,
  toTick,
} from "./money";

describe("rounding", () => {
  it.each([
    ["0.000000005", "0"],
    ["0.000000015", "0.00000002"],
    ["0.0000000151", "0.00000002"],
    ["-0.000000015", "-0.00000002"],
    ["123.456", "123.456"],
  ])("posts %s as %s: 8 decimals, half to even", (value, posted) => {
    expect(toMoney(value).toFixed()).toBe(posted);
  });

  it("cuts a limit on money, and never raises it", () => {
    expect(toMoneyDown("0.999999999").toFixed()).toBe("0.99999999");
    expect(toMoneyDown("5").toFixed()).toBe("5");
  });

  it.each([
    ["100.04", "0.1", "100"],
    ["100.06", "0.1", "100.1"],
    ["100.05", "0.1", "100"],
    ["100.15", "0.1", "100.2"],
    ["7", "2.5", "7.5"],
  ])("puts a price of %s on the tick %s: %s", (price, tick, rounded) => {
    expect(toTick(price, tick).toFixed()).toBe(rounded);
  });

  it.each([
    ["1.23789", "0.01", "1.23"],
    ["0.0099", "0.01", "0"],
    ["10", "3", "9"],
    ["9", "3", "9"],
  ])("cuts a quantity of %s to the lot %s: %s", (quantity, lot, cut) => {
    expect(toLotDown(quantity, lot).toFixed()).toBe(cut);
  });

  const amount = fc
    .bigInt({ min: -(10n ** 22n), max: 10n ** 22n })
    .map((units) => decimal(units.toString()).div("1e12"));
  const step = fc.constantFrom("0.00000001", "0.001", "0.03", "0.5", "1", "25");

  it("rounds once: what is rounded stays as it is", () => {
    fc.assert(
      fc.property(amount, step, (value, size) => {
        expect(toMoney(toMoney(value)).eq(toMoney(value))).toBe(true);
        expect(toTick(toTick(value, size), size).eq(toTick(value, size))).toBe(true);
        expect(toLotDown(toLotDown(value.abs(), size), size).eq(toLotDown(value.abs(), size))).toBe(true);
      }),
    );
  });

  it("is never farther off than it may be, and a lot never above", () => {
    fc.assert(
      fc.property(amount, step, (value, size) => {
        expect(toMoney(value).minus(value).abs().lte("0.000000005")).toBe(true);
        expect(toTick(value, size).minus(value).abs().lte(decimal(size).div(2))).toBe(true);
        const rest = value.abs().minus(toLotDown(value.abs(), size));
        expect(rest.gte(0) && rest.lt(size)).toBe(true);
        expect(toLotDown(value.abs(), size).mod(size).isZero()).toBe(true);
      }),
    );
  });
});

describe("text", () => {
  it("is plain, never an exponent, also through JSON", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -9_999_999, max: 9_999_999 }),
        fc.integer({ min: -30, max: 30 }),
        (digits, exponent) => {
          const value = decimal(`${digits}e${exponent}`);
          expect(toPlain(value)).toMatch(/^-?\d+(\.\d+)?$/);
          expect(JSON.stringify(value)).toBe(`"${toPlain(value)}"`);
          expect(decimal(toPlain(value)).eq(value)).toBe(true);
        },
      ),
    );
  });

  it("of nothing is 0, never -0", () => {
    expect(toPlain(toMoney("-0.000000001"))).toBe("0");
  });

  it.each([
    [0.1, "0.1"],
    [1e-7, "0.0000001"],
    [30_000.1, "30000.1"],
    [0.1 + 0.2, "0.30000000000000004"],
  ])("takes a candle's double %d as %s", (price, money) => {
    expect(toPlain(priceToMoney(price))).toBe(money);
  });

  it("reads a candle's double back as the same double", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (price) => {
        expect(Number(toPlain(priceToMoney(price)))).toBe(price);
      }),
    );
  });
});

describe("sums", () => {
  it("are exact, in any order", () => {
    expect(sumOf([decimal("0.1"), decimal("0.2")]).toFixed()).toBe("0.3");
    expect(sumOf([]).toFixed()).toBe("0");
    expect([minOf(decimal(9), decimal(10)), maxOf(decimal(9), decimal(10))].join()).toBe("9,10");
  });

  it("lose no digit of a product of two 18-digit amounts", () => {
    expect(decimal("123456789012.12345678").times("1.0000000000000001").toFixed()).toBe(
      "123456789012.123469125678901212345678",
    );
    expect(Decimal.precision).toBe(40);
  });
});
