import { describe, expect, it } from "vitest";
import type { Candle } from "../../market/candle";
import type { DivergenceKind } from "../../market/indicators/find-divergence";
import { findMacdDivergence } from "./macd-divergence";

/** Straight lines through the given corners, eight candles apart. */
const through = (corners: readonly number[]): number[] =>
  corners.slice(1).flatMap((corner, index) => {
    const from = corners[index] ?? corner;
    return Array.from({ length: 8 }, (_, step) => from + ((corner - from) * (step + 1)) / 8);
  });

const candlesOf = (prices: readonly number[]): Candle[] =>
  prices.map((price, index) => ({
    openTime: index,
    open: price,
    high: price + 0.1,
    low: price - 0.1,
    close: price,
    volume: 1,
  }));

const find = (prices: number[], macd: number[]) => findMacdDivergence(candlesOf(through(prices)), through(macd));

type Case = [what: string, priceBottoms: [number, number], macdBottoms: [number, number], kind: DivergenceKind];

describe.each<Case>([
  ["a lower low with a higher MACD low", [90, 85], [-5, -3], "regular"],
  ["a higher low with a lower MACD low", [85, 90], [-3, -5], "hidden"],
  ["lower lows in both", [90, 85], [-3, -5], "none"],
  ["higher lows in both", [85, 90], [-5, -3], "none"],
  ["pivots that hardly differ", [90, 89.9], [-5, -4.99], "none"],
])("%s", (_, [first, second], [macdFirst, macdSecond], kind) => {
  it(`is ${kind} bullish, and mirrored ${kind} bearish`, () => {
    const prices = [100, first, 100, second, 95];
    const macd = [1, macdFirst, 1, macdSecond, -1];
    expect(find(prices, macd).bullish).toBe(kind);
    expect(
      find(
        prices.map((price) => 200 - price),
        macd.map((value) => -value),
      ).bearish,
    ).toBe(kind);
  });
});

it("counts a pivot only once the candle after it has closed, and forgets it after ten", () => {
  const prices = through([100, 90, 100, 85, 95, 99]);
  const macd = through([1, -5, 1, -3, 0, 0.5]);
  const at = (count: number) => findMacdDivergence(candlesOf(prices.slice(0, count)), macd.slice(0, count)).bullish;
  const pivot = 3 * 8 - 1;
  expect(at(pivot + 1)).toBe("none");
  expect(at(pivot + 2)).toBe("regular");
  expect(at(pivot + 11)).toBe("regular");
  expect(at(pivot + 12)).toBe("none");
});

it("says none while MACD is not warm or has one pivot", () => {
  const candles = candlesOf(through([100, 90, 100]));
  expect(
    findMacdDivergence(
      candles,
      candles.map(() => undefined),
    ),
  ).toEqual({ bullish: "none", bearish: "none" });
  expect(findMacdDivergence(candles, through([1, -5, 1])).bullish).toBe("none");
});
