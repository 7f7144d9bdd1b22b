import fc from "fast-check";
import * as signals from "trading-signals";
import { describe, expect, it } from "vitest";
import type { Candle } from "../candle";
import { createSyntheticCandles } from "../synthetic-candles";
import { createAtr } from "./atr";
import { computeLast } from "./indicator";
import { createSupportResistance, type LevelSettings, type PriceLevel } from "./support-resistance";

const SETTINGS: LevelSettings = { window: 40, wing: 2, width: 0.5, touchesMin: 2 };

/** Straight lines through the corners, four candles apart, each candle 1 high. */
const through = (corners: readonly number[]): Candle[] =>
  corners
    .flatMap((corner, index) => {
      const next = corners[index + 1];
      return next === undefined ? [corner] : [0, 1, 2, 3].map((step) => corner + ((next - corner) * step) / 4);
    })
    .map((price, openTime) => ({
      openTime,
      open: price,
      high: price + 0.5,
      low: price - 0.5,
      close: price,
      volume: 1,
    }));

describe("a price level", () => {
  const candles = through([100, 110, 100, 110.2, 99.9, 109.8, 100.1, 105, 104, 105, 104]);

  it("is where two or more confirmed pivots turned, nearest first, with its touches", () => {
    const levels = computeLast(createSupportResistance(SETTINGS), candles);
    const atr = computeLast(createAtr(14), candles.slice(-40)) ?? NaN;
    // The tops at 110.5, 110.7, 110.3, the bottoms at 99.5, 99.4, 99.6, and the two tops at 105.5.
    expect(levels?.resistances.map((level) => level.touches)).toEqual([2, 3]);
    expect(levels?.resistances[1]?.price).toBeCloseTo(110.5, 9);
    expect(levels?.resistances[1]?.distance).toBeCloseTo(6.5 / atr, 9);
    expect(levels?.supports.at(-1)).toMatchObject({ touches: 3 });
    expect(levels?.supports.at(-1)?.price).toBeCloseTo(99.5, 9);
  });

  it("counts a pivot only once its wing of later candles has closed", () => {
    const top = 4;
    const touchesAt = (last: number): number[] => {
      const window = through([100, 110, 100, 110, 100, 110, 100, 110, 100]).slice(0, last + 1);
      return (
        computeLast(createSupportResistance({ ...SETTINGS, window: last + 1 }), window)?.resistances.map(
          (level) => level.touches,
        ) ?? []
      );
    };
    // Tops stand at 4, 12, 20 and 28.
    expect(touchesAt(top + 16 + 1)).toEqual([2]);
    expect(touchesAt(top + 16 + 2)).toEqual([3]);
  });

  it("that broke is one level with what turned at it from the other side", () => {
    const flipped = through([100, 110, 104, 110, 104, 120, 111, 120, 111, 121, 118]);
    const level = computeLast(createSupportResistance(SETTINGS), flipped)?.supports[0];
    expect(level).toMatchObject({ touches: 4 });
    expect(level?.price).toBeCloseTo(110.5, 9);
  });
});

/** Pivots of another library, clustered by trying every start. */
const levelsByHand = (candles: readonly Candle[], settings: LevelSettings): PriceLevel[] => {
  const atr = new signals.SMA(14);
  const ranges = candles.slice(1).map((candle, index) => {
    const before = candles[index]?.close ?? NaN;
    return Math.max(candle.high - candle.low, Math.abs(candle.high - before), Math.abs(candle.low - before));
  });
  let range = 0;
  ranges.forEach((value, index) => {
    const seed = atr.update(value, false);
    range = index < 14 ? (seed ?? 0) : (range * 13 + value) / 14;
  });
  const [high, low] = [
    new signals.SwingHigh({ lookback: settings.wing }),
    new signals.SwingLow({ lookback: settings.wing }),
  ];
  const pivots = candles.flatMap((candle, index) => {
    const bar = { ...candle, volume: 1 };
    const openTime = candles[index - settings.wing]?.openTime ?? NaN;
    return [high.update(bar, false), low.update(bar, false)].flatMap((price) =>
      price === null ? [] : [{ price, openTime }],
    );
  });
  const close = candles.at(-1)?.close ?? NaN;
  const levels: PriceLevel[] = [];
  let rest = pivots;
  while (rest.length > 0) {
    const lowest = Math.min(...rest.map((pivot) => pivot.price));
    const cluster = rest.filter((pivot) => pivot.price - lowest <= settings.width * range);
    rest = rest.filter((pivot) => !cluster.includes(pivot));
    const price = cluster.reduce((sum, pivot) => sum + pivot.price, 0) / cluster.length;
    const lastTouch = Math.max(...cluster.map((pivot) => pivot.openTime));
    const distance = Math.abs(price - close) / range;
    if (cluster.length >= settings.touchesMin) levels.push({ price, touches: cluster.length, distance, lastTouch });
  }
  return levels;
};

it("agrees with pivots of trading-signals that are clustered in another way", () => {
  let found = 0;
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 4 }), (seed, wing) => {
      const settings = { ...SETTINGS, wing, window: 80 };
      const candles = createSyntheticCandles({ seed, count: 80, volatility: 0.01 });
      const levels = computeLast(createSupportResistance(settings), candles);
      const ours = [...(levels?.supports.toReversed() ?? []), ...(levels?.resistances ?? [])];
      const theirs = levelsByHand(candles, settings);
      expect(ours).toHaveLength(theirs.length);
      ours.forEach((level, index) => {
        expect(level.price).toBeCloseTo(theirs[index]?.price ?? NaN, 9);
        expect(level.distance).toBeCloseTo(theirs[index]?.distance ?? NaN, 8);
        expect(level).toMatchObject({ touches: theirs[index]?.touches, lastTouch: theirs[index]?.lastTouch });
      });
      found += ours.length;
    }),
    { numRuns: 250 },
  );
  expect(found).toBeGreaterThan(500);
});
