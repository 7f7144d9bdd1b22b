import { describe, expect, it } from "vitest";
import { dailyReturns, daysOf, maxDrawdown } from "./equity-curve";

const DAY_MS = 86_400_000;
const curve = (start: number, points: readonly (readonly [days: number, value: number])[]) => ({
  start,
  points: points.map(([days, value]) => ({ at: days * DAY_MS, value })),
});

describe("daily returns", () => {
  it("are taken from midnight to midnight, whatever happens within a day; the last day may be a part", () => {
    const found = dailyReturns(
      curve(100, [
        [0, 100],
        [0.5, 90],
        [1, 110],
        [1.25, 50],
        [2, 99],
        [2.5, 108.9],
      ]),
    );
    expect(found).toHaveLength(3);
    [0.1, -0.1, 0.1].forEach((expected, index) => expect(found[index]).toBeCloseTo(expected, 12));
  });

  it("begin with the capital, not with the first mark, which has paid its fees", () => {
    expect(dailyReturns(curve(100, [[0.5, 99]]))[0]).toBeCloseTo(-0.01, 12);
  });

  it("carry a day without a mark into the next", () => {
    const gap = curve(100, [
      [0.5, 100],
      [3.5, 120],
    ]);
    expect(dailyReturns(gap)).toEqual([0, 120 / 100 - 1]);
    expect(daysOf(gap)).toBe(3);
  });
});

describe("maximum drawdown", () => {
  it("is the largest share of a peak, dated from peak to recovery; the longest fall may be another", () => {
    const found = maxDrawdown(
      curve(100, [
        [0, 100],
        [1, 120],
        [2, 90],
        [3, 120],
        [4, 119],
        [8, 118],
        [9, 121],
      ]),
    );
    expect(found).toEqual({
      fraction: 0.25,
      peakAt: DAY_MS,
      troughAt: 2 * DAY_MS,
      recoveredAt: 3 * DAY_MS,
      days: 2,
      longestDays: 6,
    });
  });

  it("counts the capital as a peak, and runs to the end where it never recovers", () => {
    const found = maxDrawdown(
      curve(100, [
        [0, 80],
        [2, 90],
        [5, 99],
      ]),
    );
    expect(found).toMatchObject({ fraction: 0.2, peakAt: 0, troughAt: 0, recoveredAt: null, days: 5, longestDays: 5 });
  });

  it("is zero where equity only rises", () => {
    expect(maxDrawdown(curve(100, [[1, 101]]))).toMatchObject({ fraction: 0, peakAt: null, days: 0 });
  });
});
