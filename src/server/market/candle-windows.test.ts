import { expect, it } from "vitest";
import type { Candle } from "~/trading/market/candle";
import { createCandleWindows } from "./candle-windows";

const STEP = 300_000;
const at = (index: number): number => index * STEP;
const span = (from: number, through: number) => ({ from: at(from), through: at(through) });
const candles = (from: number, through: number): Candle[] =>
  Array.from({ length: through - from }, (_, index) => {
    const price = 100 + from + index;
    return { openTime: at(from + index), open: price, high: price, low: price, close: price, volume: 1 };
  });

it("keeps the newest 1,500 candles of a series: what it dropped it does not claim to hold", () => {
  const windows = createCandleWindows();
  // The caller gets all that it asked for, also what does not stay.
  expect(windows.add("a", span(0, 1501), candles(0, 1501))).toHaveLength(1501);
  expect(windows.read("a", span(0, 1501))).toBeUndefined();
  expect(windows.read("a", span(1, 1501))).toEqual(candles(1, 1501));
  expect(windows.missing("a", span(0, 1501))).toEqual(span(0, 1501));
});

it("keeps 1,500 candles whole", () => {
  const windows = createCandleWindows();
  windows.add("a", span(0, 1500), candles(0, 1500));
  expect(windows.read("a", span(0, 1500))).toEqual(candles(0, 1500));
});

it("drops the oldest when it goes on, candle by candle", () => {
  const windows = createCandleWindows();
  windows.add("a", span(0, 1500), candles(0, 1500));
  expect(windows.missing("a", span(10, 1510))).toEqual(span(1500, 1510));
  expect(windows.add("a", span(10, 1510), candles(1500, 1510))).toEqual(candles(10, 1510));
  expect(windows.read("a", span(9, 1510))).toBeUndefined();
  expect(windows.read("a", span(10, 1510))).toEqual(candles(10, 1510));
});

it("does not grow with time: it keeps half as much again as the longest span that was asked for", () => {
  const windows = createCandleWindows();
  windows.add("a", span(0, 100), candles(0, 100));
  for (let end = 101; end <= 400; end++) windows.add("a", span(end - 10, end), candles(end - 1, end));
  expect(windows.read("a", span(250, 400))).toEqual(candles(250, 400));
  expect(windows.read("a", span(249, 400))).toBeUndefined();
  expect(windows.missing("a", span(301, 401))).toEqual(span(400, 401));
});

it("keeps more of a series once more of it was asked for, also where it had that already", () => {
  const windows = createCandleWindows();
  windows.add("a", span(0, 40), candles(0, 40));
  windows.add("a", span(20, 45), candles(40, 45));
  expect(windows.read("a", span(0, 45))).toEqual(candles(0, 45));
  for (let end = 46; end <= 60; end++) windows.add("a", span(end - 5, end), candles(end - 1, end));
  expect(windows.read("a", span(15, 60))).toEqual(candles(15, 60));
});

it("claims nothing of what it dropped where a series has a long gap", () => {
  const windows = createCandleWindows();
  windows.add("a", span(0, 10), candles(0, 10));
  windows.add("a", span(10, 100), []);
  windows.add("a", span(100, 200), []);
  expect(windows.read("a", span(0, 200))).toBeUndefined();
  expect(windows.read("a", span(70, 200))).toEqual([]);
});

it("claims no span in which it has no candle but the gap of a series", () => {
  const windows = createCandleWindows();
  const holed = candles(0, 20).filter((_, index) => index < 5 || index >= 15);
  windows.add("a", span(0, 20), holed);
  expect(windows.read("a", span(6, 14))).toEqual([]);
  expect(windows.read("a", span(0, 21))).toBeUndefined();
  expect(windows.read("b", span(0, 20))).toBeUndefined();
});

it("adds nothing twice, and a span apart replaces what it holds", () => {
  const windows = createCandleWindows();
  windows.add("a", span(0, 10), candles(0, 10));
  expect(windows.add("a", span(5, 15), candles(5, 15))).toEqual(candles(5, 15));
  expect(windows.read("a", span(0, 15))).toEqual(candles(0, 15));
  windows.add("a", span(16, 20), candles(16, 20));
  expect(windows.read("a", span(0, 15))).toBeUndefined();
  expect(windows.read("a", span(16, 20))).toEqual(candles(16, 20));
});

it("holds 500 series, and forgets the one that was added to longest ago", () => {
  const windows = createCandleWindows();
  for (let series = 0; series < 500; series++) windows.add(String(series), span(0, 1), candles(0, 1));
  windows.add("0", span(0, 2), candles(1, 2));
  windows.add("500", span(0, 1), candles(0, 1));
  expect(windows.read("1", span(0, 1))).toBeUndefined();
  expect(windows.read("0", span(0, 2))).toEqual(candles(0, 2));
  expect(windows.read("500", span(0, 1))).toHaveLength(1);
});
