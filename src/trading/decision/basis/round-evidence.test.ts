import fc from "fast-check";
import { expect, it } from "vitest";
import { roundEvidence } from "./round-evidence";

const byText = (value: number): number => Number(value.toPrecision(8));

/** Doubles of any kind, prices, and decimals that lie on a tie or beside one. */
const values = fc.oneof(
  fc.double(),
  fc.double({ min: 1e-12, max: 1e12, noNaN: true }),
  fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((ticks) => ticks / 100),
  fc
    .tuple(fc.integer({ min: 10 ** 7, max: 10 ** 8 }), fc.integer({ min: -30, max: 30 }), fc.constantFrom(0, 1, -1))
    .map(([digits, power, ulps]) => (digits + 0.5 + ulps * 1e-8) * 10 ** power),
  fc
    .tuple(fc.integer({ min: -30, max: 30 }), fc.constantFrom(1, 1 - 2 ** -53, 1 + 2 ** -52, 0.99999999, 0.999999995))
    .map(([power, factor]) => factor * 10 ** power),
);

it("rounds every number to the double that its text of eight digits says", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(roundEvidence(value)).toBe(byText(value));
      expect(roundEvidence(-value)).toBe(byText(-value));
    }),
    { numRuns: 20_000 },
  );
  expect(roundEvidence(null)).toBeNull();
});
