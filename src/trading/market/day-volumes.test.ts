import fc from "fast-check";
import { expect, it } from "vitest";
import type { Candle } from "./candle";
import { createDayVolumes } from "./day-volumes";

const candleAt = (openTime: number, volume: number | null, close: number): Candle => ({
  openTime,
  open: close,
  high: close,
  low: close,
  close,
  volume,
});
const cents = fc.integer({ min: 1, max: 1_000_000_000 }).map((count) => count / 100_000);
const candles = fc
  .array(fc.tuple(fc.option(cents, { freq: 8, nil: null }), cents), { minLength: 1, maxLength: 40 })
  .map((rows) => rows.map(([volume, close], index) => candleAt(index * 60_000, volume, close)));
const spans = fc.array(fc.tuple(fc.nat(40), fc.nat(12)), { minLength: 1, maxLength: 12 });

it("a day that moves on, jumps, grows, shrinks or goes back sums to the same as one that is summed anew", () => {
  fc.assert(
    fc.property(candles, spans, (series, asked) => {
      const sumDay = createDayVolumes();
      for (const [from, length] of asked) {
        const day = series.slice(from, from + length);
        const [moved, anew] = [sumDay(day), createDayVolumes()(day)];
        expect(moved.unknown).toBe(anew.unknown);
        expect([moved.base.toFixed(), moved.quote.toFixed()]).toEqual([anew.base.toFixed(), anew.quote.toFixed()]);
      }
    }),
  );
});
