import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal } from "../money";
import { feeOf } from "./fees";
import { entrySideOf, exitSideOf, fillMarketOrder } from "./fill-market-order";

/** Taker fee, a fraction. */
const TAKER = decimal("0.0005");

describe("feeOf", () => {
  it.each([
    ["taker", 30_000, "0.5", TAKER, "7.5"],
    ["maker", 30_000, "0.5", decimal("0.0002"), "3"],
    ["taker, rounded half to even", "0.00005", "1", TAKER, "0.00000002"],
    ["taker of nothing", 30_000, 0, TAKER, "0"],
  ] as const)("charges a %s", (_case, price, quantity, rate, fee) => {
    expect(feeOf(decimal(price), decimal(quantity), rate).toFixed()).toBe(fee);
  });

  it("is the given rate of the order value", () => {
    expect(feeOf(decimal(1000), decimal(1), decimal("0.001")).toFixed()).toBe("1");
  });
});

describe("fillMarketOrder", () => {
  it("fills whole, against the trader, with the fee of the price it got", () => {
    // 0.01 % of the price and 0.05 % x sqrt(120,000 / 12,000,000): 3 + 1.5 per unit.
    const order = {
      referencePrice: decimal(30_000),
      tick: decimal("0.1"),
      takerFeeRate: TAKER,
      candleValue: decimal(12_000_000),
    };
    const bought = fillMarketOrder({ ...order, side: "buy", quantity: decimal(4) });
    expect([bought.price, bought.quantity, bought.fee, bought.slippage].join(" ")).toBe("30004.5 4 60.009 18");
    const sold = fillMarketOrder({ ...order, side: "sell", quantity: decimal(4) });
    expect([sold.price, sold.quantity, sold.fee, sold.slippage].join(" ")).toBe("29995.5 4 59.991 18");
  });

  it("never has a cost below zero, and its costs explain its price", () => {
    const prices = fc.integer({ min: 2, max: 10_000_000 });
    const side = fc.constantFrom("buy" as const, "sell" as const);
    const candleValue = fc.option(fc.integer({ min: 0, max: 1_000_000_000 }).map((value) => decimal(value)));
    fc.assert(
      fc.property(
        prices,
        fc.integer({ min: 0, max: 1_000_000 }),
        candleValue,
        side,
        (cents, lots, value, orderSide) => {
          const [referencePrice, quantity] = [decimal(cents).div(100), decimal(lots).div(1000)];
          const fill = fillMarketOrder({
            side: orderSide,
            quantity,
            referencePrice,
            takerFeeRate: TAKER,
            tick: decimal("0.01"),
            candleValue: value,
          });
          expect(fill.slippage.gte(0) && fill.fee.gte(0)).toBe(true);
          const moved = orderSide === "buy" ? fill.price.minus(referencePrice) : referencePrice.minus(fill.price);
          expect(fill.slippage.minus(moved.times(quantity)).abs().lte("0.000000005")).toBe(true);
        },
      ),
    );
  });

  it("a long is opened by a buy and closed by a sell, a short the other way round", () => {
    expect([entrySideOf("long"), exitSideOf("long"), entrySideOf("short"), exitSideOf("short")]).toEqual([
      "buy",
      "sell",
      "sell",
      "buy",
    ]);
  });
});
