import { expect, it } from "vitest";
import type { Candle } from "../candle";
import { createSyntheticCandles } from "../synthetic-candles";
import { computeLast, computeSeries } from "./indicator";
import { createObv } from "./obv";
import { createVolumeDelta } from "./volume-delta";
import { createVwapBands } from "./vwap-bands";

const candle = (close: number, volume: number | null, change: Partial<Candle> = {}): Candle => ({
  openTime: 0,
  open: close,
  high: close + 1,
  low: close - 1,
  close,
  volume,
  ...change,
});

it("OBV starts at 0, adds on a higher close, takes off on a lower one, and forgets at an unknown volume", () => {
  const candles = [
    candle(10, 5),
    candle(11, 7),
    candle(11, 9),
    candle(10, 4),
    candle(12, null),
    candle(13, 6),
    candle(14, 2),
  ];
  expect(computeSeries(createObv(), candles)).toEqual([0, 7, 7, 3, undefined, 0, 2]);
});

it("differences of OBV do not depend on how many candles were fetched", () => {
  const candles = createSyntheticCandles({ seed: 1, count: 100, volatility: 0.01 });
  const differenceOf = (market: readonly Candle[]): number => {
    const totals = computeSeries(createObv(), market);
    return (totals.at(-1) ?? NaN) - (totals.at(-10) ?? NaN);
  };
  expect(differenceOf(candles.slice(-40))).toBeCloseTo(differenceOf(candles), 6);
});

it("VWAP weighs the typical price by volume, and its bands are one ATR away", () => {
  const vwap = createVwapBands({ candles: 2, atrPeriod: 1 });
  expect(computeSeries(vwap, [candle(10, 1), candle(20, 3)])).toEqual([
    undefined,
    { vwap: 17.5, upper: 28.5, lower: 6.5 },
  ]);
});

it("VWAP looks at its window only, and is unknown where volume is unknown or zero", () => {
  const candles = createSyntheticCandles({ seed: 2, count: 300, volatility: 0.01 });
  const short = computeLast(createVwapBands(), candles.slice(-24));
  expect(short?.vwap).toBeCloseTo(computeLast(createVwapBands(), candles)?.vwap ?? NaN, 9);
  const gapped = candles.map((one, index) => ({ ...one, volume: index === 290 ? null : one.volume }));
  expect(computeLast(createVwapBands(), gapped)).toBeUndefined();
  expect(
    computeLast(
      createVwapBands(),
      candles.map((one) => ({ ...one, volume: 0 })),
    ),
  ).toBeUndefined();
});

it("volume delta by hand: the body's share of the range, signed, in the candle's volume", () => {
  const delta = createVolumeDelta({ cumulative: 3, sigma: 2, recent: 2 });
  const bars = [
    candle(11, 8, { open: 9, high: 12, low: 8 }), // +4
    candle(10, 6, { open: 11, high: 12, low: 9 }), // -2
    candle(10, 5, { open: 10, high: 10, low: 10 }), // no range: 0
  ];
  expect(computeLast(delta, bars)).toEqual({ bar: 0, cumulative: 2, sigma: 1, recent: -2, recentRange: 0 });
});

it("volume delta is unknown until its window is full of known volumes, and fixed to it", () => {
  const candles = createSyntheticCandles({ seed: 3, count: 80, volatility: 0.01 });
  const unknown = candles.map((one, index) => ({ ...one, volume: index === 60 ? null : one.volume }));
  expect(computeLast(createVolumeDelta(), unknown)).toBeUndefined();
  expect(computeLast(createVolumeDelta(), candles.slice(-24))).toEqual(computeLast(createVolumeDelta(), candles));
});
