import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimal, sumOf, toLotDown, ZERO } from "../money";
import { NEWEST_MATCHING } from "./matching";
import type { MatchedOrder } from "./match-order";
import { lifeOf, orderOf, TERMS, type Bar } from "./testing/order-life";

const bars = fc.array(
  fc.record({
    gap: fc.integer({ min: -40, max: 40 }),
    up: fc.nat(40),
    down: fc.nat(40),
    closeShare: fc.nat(100),
    volume: fc.option(fc.nat(40)),
  }),
  { minLength: 1, maxLength: 12 },
);
const walk = bars.map((steps) => {
  let price = 100;
  return steps.map(({ gap, up, down, closeShare, volume }): Bar => {
    const open = price * (1 + gap / 1000);
    const [high, low] = [open * (1 + up / 1000), open * (1 - down / 1000)];
    price = low + ((high - low) * closeShare) / 100;
    return [open, high, low, price, volume];
  });
});
const level = fc.integer({ min: 94, max: 106 });
const anyOrder = fc
  .record({
    side: fc.constantFrom<MatchedOrder["side"]>("buy", "sell"),
    type: fc.constantFrom<MatchedOrder["type"]>("market", "limit", "stop", "take-profit"),
    limit: fc.option(level),
    trigger: level,
    cents: fc.integer({ min: 1, max: 900 }),
    isReduceOnly: fc.boolean(),
  })
  .map(({ type, limit, trigger, cents, ...rest }) =>
    orderOf({
      ...rest,
      type,
      quantity: cents / 100,
      ...(type !== "market" && (limit !== null || type === "limit") && { limit: limit ?? 100 }),
      ...((type === "stop" || type === "take-profit") && { trigger }),
    }),
  );
const terms = { ...TERMS, matching: NEWEST_MATCHING, candlesMax: 5 };
const RUNS = { numRuns: 1500 };

describe("whatever the order and the candles,", () => {
  it("no fill is worse than the limit, more than the candle's share or off the lot, and all are at most the order", () => {
    let filled = 0;
    fc.assert(
      fc.property(anyOrder, walk, (order, path) => {
        const { fills, end } = lifeOf(order, path, { terms });
        const total = sumOf(fills.map(({ quantity }) => quantity));
        expect(total.lte(order.quantity)).toBe(true);
        expect(end === "filled").toBe(total.eq(order.quantity));
        const most = Math.max(...path.map(([, , , , volume]) => volume ?? Number.POSITIVE_INFINITY));
        for (const { price, quantity, fee, slippage } of fills) {
          const { limitPrice: limit, side } = order;
          expect(limit === null || (side === "buy" ? price.lte(limit) : price.gte(limit))).toBe(true);
          expect(quantity.lte(order.quantity) && quantity.gt(0) && toLotDown(quantity, terms.lot).eq(quantity)).toBe(
            true,
          );
          // Measured at the close and asked for at another price of the candle, which is at most 8 % away.
          expect(quantity.toNumber()).toBeLessThanOrEqual(most * 0.1 * 1.1);
          expect(fee.gte(0) && slippage.gte(0)).toBe(true);
        }
        filled += fills.length;
      }),
      RUNS,
    );
    expect(filled, "orders that are never filled would prove nothing").toBeGreaterThan(500);
  });

  it("one that only reduces never takes more than is held", () => {
    fc.assert(
      fc.property(anyOrder, walk, fc.nat(900), (order, path, cents) => {
        const held = decimal(cents).div(100);
        const { fills } = lifeOf({ ...order, isReduceOnly: true }, path, { terms, held });
        expect(sumOf(fills.map(({ quantity }) => quantity)).lte(held)).toBe(true);
      }),
      RUNS,
    );
  });

  it("a resting limit filled in parts costs in total what it costs whole, up to a posting's last digit a part", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 3 }), (parts) => {
        const quantity = sumOf(parts.map((part) => decimal(part).div(100)));
        const order = orderOf({ type: "limit", limit: 99, quantity: quantity.toNumber() });
        const plain = { ...terms, matching: { ...terms.matching, volumeShareMax: 1, calmRange: 1 } };
        const fall = (volume: number): Bar => [100, 100, 98, 99, volume];
        // What a candle gives is its value at the close by the price asked for: 99 of each 100.
        const whole = lifeOf(order, [fall(10_000)], { terms: plain });
        const split = lifeOf(
          order,
          parts.map((part) => fall((part / 100) * (100 / 99) + 1e-9)),
          { terms: plain },
        );
        const totals = [whole, split].map(({ fills }) => ({
          quantity: sumOf(fills.map((fill) => fill.quantity)).toFixed(),
          value: sumOf(fills.map((fill) => fill.price.times(fill.quantity))).toFixed(),
        }));
        expect(totals[1]).toEqual(totals[0]);
        const [one, many] = [whole, split].map(({ fills }) => sumOf(fills.map(({ fee }) => fee)));
        expect(
          (many ?? ZERO)
            .minus(one ?? ZERO)
            .abs()
            .lte(decimal("1e-8").times(parts.length)),
        ).toBe(true);
      }),
      RUNS,
    );
  });
});
