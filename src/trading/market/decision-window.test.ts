import fc from "fast-check";
import { expect, it } from "vitest";
import { contiguousTail, decisionWindow } from "./decision-window";
import { createSyntheticCandles } from "./synthetic-candles";

const HOUR_MS = 3_600_000;
const candles = createSyntheticCandles({ seed: 1, count: 10, volatility: 0.01, startTime: 0 });
const hoursOf = (window: readonly { openTime: number }[]): number[] => window.map(({ openTime }) => openTime / HOUR_MS);

it("takes the last candles that had closed, the one closing at the very instant included", () => {
  expect(hoursOf(decisionWindow(candles, { timeframe: "1h", time: 5 * HOUR_MS, count: 3 }))).toEqual([2, 3, 4]);
  expect(hoursOf(decisionWindow(candles, { timeframe: "1h", time: 5 * HOUR_MS - 1, count: 3 }))).toEqual([1, 2, 3]);
  expect(decisionWindow(candles, { timeframe: "1h", time: 0, count: 3 })).toEqual([]);
  expect(decisionWindow(candles, { timeframe: "1h", time: 99 * HOUR_MS, count: 300 })).toEqual(candles);
});

it("is not changed by later candles", () => {
  fc.assert(
    fc.property(fc.nat(12), fc.integer({ min: 1, max: 12 }), (hours, count) => {
      const window = { timeframe: "1h", time: hours * HOUR_MS, count } as const;
      expect(decisionWindow(candles, window)).toEqual(decisionWindow(candles.slice(0, hours), window));
    }),
  );
});

it.each([0, -1, 1.5])("refuses a window of %d candles", (count) => {
  expect(() => decisionWindow(candles, { timeframe: "1h", time: 0, count })).toThrow(RangeError);
});

it("steps over an outage of up to 12 candles and begins anew after a longer one", () => {
  const longer = createSyntheticCandles({ seed: 1, count: 40, volatility: 0.01, startTime: 0 });
  const without = (from: number, count: number) => longer.filter((_, index) => index < from || index >= from + count);
  expect(contiguousTail(without(5, 12), "1h")).toEqual(without(5, 12));
  expect(hoursOf(contiguousTail(without(5, 13), "1h"))[0]).toBe(18);
  expect(contiguousTail(candles, "1h")).toEqual(candles);
  expect(contiguousTail([], "1h")).toEqual([]);
});

it("refuses candles that repeat, go back or are off the grid", () => {
  expect(() => contiguousTail([...candles, ...candles.slice(-1)], "1h")).toThrow("must ascend by 3600000 ms");
  expect(() => contiguousTail(candles.toReversed(), "1h")).toThrow(RangeError);
  expect(() => contiguousTail(candles, "4h")).toThrow(RangeError);
});
