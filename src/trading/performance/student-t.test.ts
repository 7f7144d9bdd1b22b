import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { upperTailOfT } from "./student-t";

describe("the upper tail of Student's t", () => {
  // Critical values as printed in any table of the distribution.
  it.each([
    [6.3138, 1, 0.05],
    [2.92, 2, 0.05],
    [1.8125, 10, 0.05],
    [2.7638, 10, 0.01],
    [1.6973, 30, 0.05],
    [1.9842, 100, 0.025],
    [1.6525, 200, 0.05],
    [3.0902, 1_000_000, 0.001],
  ])("beyond %d with %d degrees of freedom is %d", (t, degrees, expected) => {
    expect(upperTailOfT(t, degrees)).toBeCloseTo(expected, 4);
  });

  it("is a half at 0, falls with t, and is the rest of what lies below", () => {
    const degrees = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 30, noNaN: true }), degrees, (t, df) => {
        expect(upperTailOfT(0, df)).toBeCloseTo(0.5, 12);
        expect(upperTailOfT(t, df) + upperTailOfT(-t, df)).toBeCloseTo(1, 12);
        expect(upperTailOfT(t + 0.1, df)).toBeLessThan(upperTailOfT(t, df));
      }),
    );
  });

  it("has the closed forms of one and two degrees of freedom", () => {
    for (const t of [0.1, 1, 3, 12]) {
      expect(upperTailOfT(t, 1)).toBeCloseTo(0.5 - Math.atan(t) / Math.PI, 12);
      expect(upperTailOfT(t, 2)).toBeCloseTo(0.5 - t / (2 * Math.sqrt(2 + t * t)), 12);
    }
  });
});
