import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, priceToMoney } from "../money";
import { unrealizedPnl } from "../portfolio/position";
import { fromUnits, profitAt, profitUnits, toUnits } from "./exact-units";

const units = fc.oneof(
  fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
  fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
  // Whole amounts, and amounts of the first seven decimals alone.
  fc.integer({ min: -(10 ** 6), max: 10 ** 6 }).map((whole) => whole * 10 ** 8),
  fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((whole) => whole * 10),
);

describe("amounts in units", () => {
  it("are the same money as their text, also within the Decimal", () => {
    fc.assert(
      fc.property(units, (each) => {
        expect(fromUnits(each)).toEqual(priceToMoney(each / 10 ** 8));
        expect(fromUnits(each)).toEqual(decimal(each).div(10 ** 8));
        expect(toUnits(fromUnits(each))).toBe(each);
      }),
      { numRuns: 2000 },
    );
  });

  it("are none of an amount with more decimals or digits than they hold", () => {
    expect(toUnits(decimal("0.000000001"))).toBeNull();
    expect(toUnits(decimal("10000000"))).toBeNull();
    expect(toUnits(decimal("9999999.99999999"))).toBe(999_999_999_999_999);
  });

  const held = fc.record({
    side: fc.constantFrom("long" as const, "short" as const),
    tick: fc.integer({ min: 0, max: 9 }),
    lot: fc.integer({ min: 0, max: 6 }),
    entry: fc.integer({ min: 1, max: 10 ** 6 }),
    mark: fc.integer({ min: 1, max: 10 ** 6 }),
    size: fc.integer({ min: 1, max: 10 ** 6 }),
  });

  it("give a position the profit that it has by exact arithmetic, or none where that would be rounded", () => {
    let known = 0;
    fc.assert(
      fc.property(held, ({ side, tick, lot, ...whole }) => {
        const at = (each: number, decimals: number) => decimal(`${each}e-${decimals}`);
        const position = { side, entryPrice: at(whole.entry, tick), quantity: at(whole.size, lot) };
        const mark = at(whole.mark, tick);
        const found = profitUnits(position, tick);
        if (found === null) return;
        known += 1;
        const profit = profitAt(found, mark.toNumber());
        expect(Math.abs(profit) >= 1e15 || fromUnits(profit).eq(unrealizedPnl({ ...position, mark }))).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expect(known).toBeGreaterThan(500);
    const sixDecimals = { side: "long", entryPrice: decimal("0.123456"), quantity: decimal("0.001") } as const;
    expect(profitUnits(sixDecimals, 6)).toBeNull();
  });

  it("are unknown at a price with more decimals than its market's tick", () => {
    const found = profitUnits({ side: "long", entryPrice: decimal("10.1"), quantity: decimal("2") }, 1);
    expect(found && profitAt(found, 10.3)).toBe(40_000_000);
    expect(found && profitAt(found, 10.35)).toBeNaN();
  });
});
