import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIQUIDATION_FEE_RATE, marginTierOf } from "../execution/margin-tiers";
import { NEWEST_MATCHING } from "../execution/matching";
import { decimal } from "../money";
import { pricePnl } from "../portfolio/position";
import { buildPosition } from "../portfolio/testing/position-builder";
import { bankruptcyPrice, liquidationPrice } from "./liquidation";

const leveraged = (side: "long" | "short", entryPrice: string | number, leverage: string | number) =>
  buildPosition({ side, entryPrice: decimal(entryPrice), leverage: decimal(leverage) });

describe("liquidation", () => {
  // entry x (1 -+ (1 / leverage - 0.4 % maintenance margin)), calculated by hand.
  it.each([
    ["long", 1000, 1, "4"],
    ["long", 1000, 2, "504"],
    ["long", 1000, 5, "804"],
    ["long", 1000, 10, "904"],
    ["short", 1000, 1, "1996"],
    ["short", 1000, 2, "1496"],
    ["short", 1000, 10, "1096"],
    ["long", 1000, 500, "1000"],
  ] as const)("of a %s from %d at %d times is at %s", (side, entry, leverage, price) => {
    expect(liquidationPrice(leveraged(side, entry, leverage)).toFixed()).toBe(price);
  });

  it.each([
    ["long", 30_000, 3, "0.1", "20000"],
    ["short", 30_000, 3, "0.1", "40000"],
    ["long", 1000, 3, "0.1", "666.7"],
    ["short", 1000, 3, "0.1", "1333.3"],
    ["long", 1000, 7, "1", "858"],
    ["short", 1000, 7, "1", "1142"],
    ["long", 1000, 1, "0.1", "0.1"],
    ["short", 1000, 1, "0.1", "2000"],
  ] as const)(
    "bankruptcy of a %s from %d at %d times, tick %s, is the last tick within the margin: %s",
    (side, entry, leverage, tick, price) => {
      expect(bankruptcyPrice(leveraged(side, entry, leverage), decimal(tick)).toFixed()).toBe(price);
    },
  );

  it("comes before bankruptcy, and bankruptcy never costs more than the margin", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("long" as const, "short" as const),
        fc.integer({ min: 1000, max: 1_000_000_000 }),
        fc.integer({ min: 10, max: 100 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (side, cents, tenths, thousandths) => {
          const position = buildPosition({
            side,
            entryPrice: decimal(cents).div(100),
            leverage: decimal(tenths).div(10),
            quantity: decimal(thousandths).div(1000),
          });
          const exit = bankruptcyPrice(position, decimal("0.01"));
          const pnl = pricePnl(side, { entry: position.entryPrice, exit }, position.quantity);
          expect(pnl.neg().lte(position.margin)).toBe(true);
          expect(exit.mod("0.01").isZero()).toBe(true);
          const liquidation = liquidationPrice(position);
          const tolerance = position.side === "long" ? liquidation.minus(exit) : exit.minus(liquidation);
          expect(tolerance.gt("-0.01")).toBe(true);
        },
      ),
    );
  });
});

describe("liquidation by matching version 2", () => {
  // entry x (1 -+ 1/leverage) / (1 -+ (tier's maintenance + 0.05 % fee)), calculated by hand.
  it.each([
    ["long", 1, 5, "803.6162732"],
    ["long", 600, 5, "805.6394763"],
    ["long", 100_000, 5, "842.5487098"],
    ["short", 1, 3, "1327.3602124"],
    ["short", 6000, 3, "1312.9821106"],
    ["long", 1, 1, "0"],
  ] as const)(
    "of a %s of %d at 1000 at %d times is at %s: a larger one keeps more",
    (side, quantity, leverage, price) => {
      const position = { ...leveraged(side, 1000, leverage), quantity: decimal(quantity), matching: NEWEST_MATCHING };
      expect(liquidationPrice(position).toDecimalPlaces(7).toFixed()).toBe(price);
    },
  );

  it("is never beyond the entry, and what is left there pays maintenance and fee", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("long" as const, "short" as const),
        fc.integer({ min: 1, max: 125 }),
        fc.integer({ min: 1, max: 50_000_000 }),
        (side, times, quantity) => {
          const matched = { quantity: decimal(quantity).div(1000), matching: NEWEST_MATCHING };
          const position = { ...leveraged(side, 1000, times), ...matched };
          const price = liquidationPrice(position);
          const { maintenanceRate } = marginTierOf(position.quantity.times(1000));
          const left = position.quantity
            .times(1000)
            .div(times)
            .plus(
              price
                .minus(1000)
                .times(position.quantity)
                .times(side === "long" ? 1 : -1),
            );
          const kept = price.times(position.quantity).times(maintenanceRate.plus(LIQUIDATION_FEE_RATE));
          const isAtEntry = price.eq(1000);
          expect(side === "long" ? price.lte(1000) : price.gte(1000)).toBe(true);
          expect(isAtEntry || left.minus(kept).abs().lt("1e-15")).toBe(true);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
