import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEma } from "./ema";
import { computeSeries } from "./indicator";
import { createKnownAverage } from "./known-average";
import { createHighest, createLowest } from "./rolling-extremes";
import { createRollingMedian } from "./rolling-median";
import { createSma } from "./sma";
import { createWilderAverage } from "./wilder-average";

const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });
const periods = fc.integer({ min: 1, max: 12 });

it("SMA, EMA and Wilder's average by hand", () => {
  const inputs = [2, 4, 9, 1, 5];
  expect(computeSeries(createSma(3), inputs)).toEqual([undefined, undefined, 5, 14 / 3, 5]);
  expect(computeSeries(createEma(3), inputs)).toEqual([undefined, undefined, 5, 3, 4]);
  expect(computeSeries(createWilderAverage(2), inputs)).toEqual([undefined, 3, 6, 3.5, 4.25]);
});

describe("an average", () => {
  it.each([
    ["SMA", createSma],
    ["EMA", createEma],
    ["Wilder", createWilderAverage],
  ] as const)(
    "%s lies between the lowest and the highest input, and moves with a shift of all of them",
    (_, create) => {
      fc.assert(
        fc.property(values, periods, (inputs, period) => {
          const shifted = computeSeries(
            create(period),
            inputs.map((value) => value + 500),
          );
          computeSeries(create(period), inputs).forEach((average, index) => {
            if (average === undefined) return;
            expect(average).toBeGreaterThanOrEqual(Math.min(...inputs) - 1e-9);
            expect(average).toBeLessThanOrEqual(Math.max(...inputs) + 1e-9);
            expect(shifted[index]).toBeCloseTo(average + 500, 8);
          });
        }),
      );
    },
  );
});

it("an unknown value makes a known average unknown until it has left the window", () => {
  expect(computeSeries(createKnownAverage(2), [1, 3, null, 5, 7, undefined, 9])).toEqual([
    undefined,
    2,
    undefined,
    undefined,
    6,
    undefined,
    undefined,
  ]);
});

it("rolling highest, lowest and median are those of the sorted window", () => {
  fc.assert(
    fc.property(values, periods, (inputs, period) => {
      const highest = computeSeries(createHighest(period), inputs);
      const lowest = computeSeries(createLowest(period), inputs);
      const median = computeSeries(createRollingMedian(period), inputs);
      for (let end = period; end <= inputs.length; end += 1) {
        const sorted = inputs.slice(end - period, end).toSorted((left, right) => left - right);
        const middle = ((sorted[(period - 1) >> 1] ?? NaN) + (sorted[period >> 1] ?? NaN)) / 2;
        expect(highest[end - 1]).toBe(sorted.at(-1));
        expect((lowest[end - 1] ?? NaN) + 0).toBe((sorted[0] ?? NaN) + 0);
        expect(median[end - 1]).toBe(middle);
      }
    }),
  );
});
