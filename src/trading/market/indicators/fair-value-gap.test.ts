import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Candle } from "../candle";
import { createSyntheticCandles } from "../synthetic-candles";
import { createFairValueGaps, type FairValueGap, type GapSettings } from "./fair-value-gap";
import { computeLast, computeSeries } from "./indicator";

type Ohlc = readonly [open: number, high: number, low: number, close: number];

/** Sixteen quiet candles of range 2, so ATR14 is 2 and an impulse needs a body of 3. */
const QUIET: Ohlc[] = Array.from({ length: 16 }, () => [100, 101, 99, 100]);
const IMPULSE: Ohlc[] = [
  [100, 106, 100, 105],
  [105, 107, 103, 106],
];

const candlesOf = (bars: readonly Ohlc[]): Candle[] =>
  bars.map(([open, high, low, close], openTime) => ({ openTime, open, high, low, close, volume: 1 }));
const mirror = (bars: readonly Ohlc[]): Ohlc[] =>
  bars.map(([open, high, low, close]) => [200 - open, 200 - low, 200 - high, 200 - close]);
const find = (bars: readonly Ohlc[]): readonly FairValueGap[] | undefined =>
  computeLast(createFairValueGaps(), candlesOf(bars));

describe("a fair value gap", () => {
  it("is what the impulse skipped, bullish or mirrored bearish, with its middle", () => {
    const gap = { openTime: 17, age: 0, state: "open" };
    const bars = [...QUIET, ...IMPULSE];
    expect(find(bars)).toEqual([{ ...gap, side: "bullish", low: 101, high: 103, middle: 102 }]);
    expect(find(mirror(bars))).toEqual([{ ...gap, side: "bearish", low: 97, high: 99, middle: 98 }]);
  });

  it.each<[string, Ohlc[]]>([
    ["whose candles overlap", [IMPULSE[0] ?? [0, 0, 0, 0], [105, 107, 101, 106]]],
    ["smaller than 0.1 % of the impulse's close", [IMPULSE[0] ?? [0, 0, 0, 0], [105, 107, 101.09, 106]]],
    [
      "whose impulse is below 1.5 ATR",
      [
        [101, 106, 101, 103.9],
        [105, 107, 103, 106],
      ],
    ],
    [
      "whose impulse went the other way",
      [
        [105, 106, 100, 100],
        [105, 107, 103, 106],
      ],
    ],
  ])("%s is none", (_, bars) => {
    expect(find([...QUIET, ...bars])).toEqual([]);
    expect(find(mirror([...QUIET, ...bars]))).toEqual([]);
  });

  it("needs three candles of equal spacing: what an outage cut out is no gap", () => {
    const candles = candlesOf([...QUIET, ...IMPULSE]).map((candle, index) =>
      index === 17 ? { ...candle, openTime: 20 } : candle,
    );
    expect(computeLast(createFairValueGaps(), candles)).toEqual([]);
  });

  const calm: Ohlc = [106, 107, 105, 106];
  it.each<[string, Ohlc[], FairValueGap["state"]]>([
    ["stays open while price keeps away", [calm, calm], "open"],
    ["is touched when a candle trades into it", [[106, 107, 102.5, 106]], "touched"],
    ["stays touched when price leaves again", [[106, 107, 102.5, 106], calm], "touched"],
    ["is filled when a candle trades through it", [[106, 107, 101, 106]], "filled"],
    ["stays filled, also when price is back above it", [[106, 107, 100, 106], calm, calm], "filled"],
    [
      "is filled by two candles after one another",
      [
        [106, 107, 102, 103],
        [103, 104, 100.5, 101],
      ],
      "filled",
    ],
    ["is not touched at its very edge", [[106, 107, 103, 106]], "open"],
  ])("%s", (_, since, state) => {
    const bars = [...QUIET, ...IMPULSE, ...since];
    expect(find(bars)?.find((gap) => gap.openTime === 17)).toMatchObject({ state, age: since.length });
    expect(find(mirror(bars))?.find((gap) => gap.openTime === 17)).toMatchObject({ state, side: "bearish" });
  });

  it("is forgotten after its 50th candle", () => {
    const after = (count: number) => find([...QUIET, ...IMPULSE, ...Array.from({ length: count }, () => calm)]);
    expect(after(50)).toMatchObject([{ age: 50 }]);
    expect(after(51)).toEqual([]);
  });

  it("is listed newest first", () => {
    const second: Ohlc[] = [calm, [106, 113, 106, 112], [112, 114, 109, 113]];
    expect(find([...QUIET, ...IMPULSE, ...second])?.map((gap) => gap.openTime)).toEqual([20, 17]);
  });

  it("is not shared between two that look for gaps", () => {
    const [first, other] = [createFairValueGaps(), createFairValueGaps()];
    computeSeries(first, candlesOf([...QUIET, ...IMPULSE]));
    expect(computeLast(other, candlesOf(QUIET.concat(QUIET)))).toEqual([]);
  });
});

/** The same, written the other way round: from the candles of each gap, at the last candle. */
const gapsByHand = (candles: readonly Candle[], settings: GapSettings): FairValueGap[] => {
  const ranges = candles.map((candle, index) => {
    const before = candles[index - 1]?.close;
    return before === undefined ? NaN : Math.max(candle.high, before) - Math.min(candle.low, before);
  });
  const atr: number[] = [];
  for (let index = settings.atrPeriod; index < candles.length; index += 1) {
    const n = settings.atrPeriod;
    const seed = ranges.slice(1, n + 1).reduce((sum, range) => sum + range, 0) / n;
    atr[index] = index === n ? seed : ((atr[index - 1] ?? NaN) * (n - 1) + (ranges[index] ?? NaN)) / n;
  }
  const last = candles.length - 1;
  return candles.flatMap((third, index): FairValueGap[] => {
    const [first, impulse, size] = [candles[index - 2], candles[index - 1], atr[index - 2]];
    if (!first || !impulse || size === undefined || last - index > settings.ageMax) return [];
    const since = candles.slice(index + 1);
    const sides = [
      { side: "bullish", low: first.high, high: third.low, body: impulse.close - impulse.open },
      { side: "bearish", low: third.high, high: first.low, body: impulse.open - impulse.close },
    ] as const;
    return sides
      .filter(({ low, high, body }) => body >= settings.bodyMin * size && high - low >= settings.gapMin * impulse.close)
      .map(({ side, low, high }) => {
        const [lowest, highest] = [Math.min(...since.map((bar) => bar.low)), Math.max(...since.map((bar) => bar.high))];
        const isFilled = side === "bullish" ? lowest <= low : highest >= high;
        const isTouched = side === "bullish" ? lowest < high : highest > low;
        const state = isFilled ? "filled" : isTouched ? "touched" : "open";
        return { side, openTime: third.openTime, low, high, middle: (low + high) / 2, age: last - index, state };
      });
  });
};

it("agrees with gaps found one by one over all candles since", () => {
  const settings: GapSettings = { gapMin: 0.0005, bodyMin: 0.8, ageMax: 30, atrPeriod: 5 };
  let found = 0;
  fc.assert(
    fc.property(fc.nat(100_000), fc.integer({ min: 8, max: 120 }), (seed, count) => {
      const candles = createSyntheticCandles({ seed, count, volatility: 0.01 });
      const ours = computeLast(createFairValueGaps(settings), candles);
      expect(ours?.toReversed()).toEqual(gapsByHand(candles, settings));
      found += ours?.length ?? 0;
    }),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(300);
});
