import { describe, expect, it } from "vitest";
import { keptRange, rangeWith, slidBy, widenedPrices } from "./candle-view";

const candlesFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    time: first + index * 60,
    open: 1,
    high: 2,
    low: 1,
    close: 2,
    volume: null,
  }));
const timesFrom = (first: number, count: number) => candlesFrom(first, count).map(({ time }) => time);

describe("the reader's part of a chart", () => {
  it("stays on the same candles while new ones push old ones out", () => {
    const slid = slidBy(candlesFrom(180, 10), timesFrom(0, 10));
    expect(slid).toBe(3);
    expect(keptRange({ from: 4, to: 7 }, 10, slid)).toEqual({ from: 1, to: 4 });
  });

  it("follows the newest candle when that is what is looked at", () => {
    expect(keptRange({ from: 5, to: 9 }, 10, 3)).toBeNull();
  });

  it("stays where it is when candles are only added", () => {
    const slid = slidBy(candlesFrom(0, 12), timesFrom(0, 10));
    expect(keptRange({ from: 2, to: 5 }, 10, slid)).toEqual({ from: 2, to: 5 });
  });
});

describe("a candle that is chosen by key", () => {
  it.each([
    [{ from: 10, to: 20 }, 15, null],
    [{ from: 10, to: 20 }, 5, { from: 4, to: 14 }],
    [{ from: 10, to: 20 }, 25, { from: 16, to: 26 }],
  ])("comes into %j as %d with %j", (range, bar, moved) => expect(rangeWith(range, bar)).toEqual(moved));
});

describe("prices in view", () => {
  it("are widened to a near stop, and not to one that would flatten the candles", () => {
    expect(widenedPrices({ minValue: 100, maxValue: 110 }, [95, 60, 125])).toEqual({ minValue: 95, maxValue: 110 });
    expect(widenedPrices({ minValue: 100, maxValue: 110 }, [])).toEqual({ minValue: 100, maxValue: 110 });
  });
});
