import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { aggregateCandles, canAggregate } from "./aggregate-candles";
import { priceToMoney, sumOf } from "../money";
import type { Candle } from "./candle";
import { timeframeMs } from "./timeframe";

const HOUR_MS = 3_600_000;
const MIDNIGHT = 1_651_363_200_000; // 2022-05-01T00:00Z

const candle = (openTime: number, change: Partial<Candle> = {}): Candle => ({
  openTime,
  open: 10,
  high: 12,
  low: 9,
  close: 11,
  volume: 1,
  ...change,
});

/** Ascending 5m candles with gaps, prices with one decimal and volumes with two, as venues record them. */
const recorded = fc
  .array(
    fc.record({
      skip: fc.integer({ min: 1, max: 40 }),
      prices: fc.tuple(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 1e7 })),
      wicks: fc.tuple(fc.nat({ max: 1000 }), fc.nat({ max: 1000 })),
      volume: fc.option(fc.integer({ min: 0, max: 1e8 }), { freq: 20 }),
    }),
    { maxLength: 120 },
  )
  .map((rows) => {
    let openTime = MIDNIGHT;
    return rows.map(({ skip, prices: [open, close], wicks: [up, down], volume }): Candle => {
      openTime += skip * timeframeMs("5m");
      const low = Math.max(1, Math.min(open, close) - down);
      return {
        openTime,
        open: open / 10,
        high: (Math.max(open, close) + up) / 10,
        low: low / 10,
        close: close / 10,
        volume: volume === null ? null : volume / 100,
      };
    });
  });

describe("aggregateCandles", () => {
  it("takes the first open, the extremes, the last close and the exact sum of volumes", () => {
    const parts = [
      candle(MIDNIGHT, { open: 10, high: 12, low: 9, close: 11, volume: 0.1 }),
      candle(MIDNIGHT + 300_000, { open: 11, high: 15, low: 10, close: 14, volume: 0.2 }),
      candle(MIDNIGHT + 600_000, { open: 14, high: 14, low: 8, close: 9.5, volume: 0 }),
    ];
    expect(aggregateCandles(parts, { from: "5m", to: "15m" })).toEqual([
      { openTime: MIDNIGHT, open: 10, high: 15, low: 8, close: 9.5, volume: 0.3 },
    ]);
  });

  it("builds a candle from whatever parts exist and none where there are none", () => {
    const parts = [candle(MIDNIGHT + 2 * 300_000), candle(MIDNIGHT + 3 * HOUR_MS)];
    const hours = aggregateCandles(parts, { from: "5m", to: "1h" });
    expect(hours.map((hour) => hour.openTime)).toEqual([MIDNIGHT, MIDNIGHT + 3 * HOUR_MS]);
  });

  it("does not know a volume of which one part is unknown", () => {
    const parts = [candle(MIDNIGHT), candle(MIDNIGHT + 300_000, { volume: null })];
    expect(aggregateCandles(parts, { from: "5m", to: "1h" })[0]?.volume).toBeNull();
  });

  it("sums volumes as the decimals that they are written as, whatever their digits", () => {
    const digits = fc.tuple(fc.nat({ max: 10 ** 9 }), fc.integer({ min: 0, max: 12 }));
    const written = digits.map(([whole, places]) => whole / 10 ** places);
    const volume = fc.oneof(written, fc.double({ min: 0, max: 1e12, noNaN: true, noDefaultInfinity: true }));
    fc.assert(
      fc.property(fc.array(volume, { minLength: 1, maxLength: 12 }), (volumes) => {
        const parts = volumes.map((each, index) => candle(MIDNIGHT + index * 300_000, { volume: each }));
        const [hour] = aggregateCandles(parts, { from: "5m", to: "1h" });
        expect(hour?.volume).toBe(sumOf(volumes.map(priceToMoney)).toNumber());
      }),
      { numRuns: 1000 },
    );
  });

  it("opens a day of UTC+8 at 16:00Z", () => {
    const parts = [candle(MIDNIGHT + 15 * HOUR_MS), candle(MIDNIGHT + 16 * HOUR_MS)];
    const days = aggregateCandles(parts, { from: "1h", to: "1d", gridOffsetMs: 8 * HOUR_MS });
    expect(days.map((day) => day.openTime)).toEqual([MIDNIGHT - 8 * HOUR_MS, MIDNIGHT + 16 * HOUR_MS]);
  });

  it("refuses lengths that do not fit, and candles out of order", () => {
    expect(() => aggregateCandles([], { from: "1h", to: "5m" })).toThrow(/cannot build 5m/);
    expect(() => aggregateCandles([], { from: "4h", to: "6h" })).toThrow(RangeError);
    expect(canAggregate({ from: "12h", to: "12h", gridOffsetMs: 8 * HOUR_MS })).toBe(false);
    expect(() => aggregateCandles([candle(MIDNIGHT), candle(MIDNIGHT)], { from: "5m", to: "1h" })).toThrow(/ascend/);
  });

  it("gives the same 4h candles by way of 1h candles as at once", () => {
    fc.assert(
      fc.property(recorded, (candles) => {
        const hours = aggregateCandles(candles, { from: "5m", to: "1h" });
        const twice = aggregateCandles(hours, { from: "1h", to: "4h" });
        expect(twice).toEqual(aggregateCandles(candles, { from: "5m", to: "4h" }));
      }),
    );
  });

  it("keeps every candle well-formed and on the longer grid", () => {
    fc.assert(
      fc.property(recorded, (candles) => {
        for (const day of aggregateCandles(candles, { from: "5m", to: "1d" })) {
          expect(day.openTime % timeframeMs("1d")).toBe(0);
          expect(day.high).toBeGreaterThanOrEqual(Math.max(day.open, day.close));
          expect(day.low).toBeLessThanOrEqual(Math.min(day.open, day.close));
        }
      }),
    );
  });
});
