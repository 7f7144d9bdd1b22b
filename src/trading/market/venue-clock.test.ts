import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { venueTimeAt, wallTimeOf, type ClockRow } from "./venue-clock";

const speed = fc.integer({ min: 0, max: 3600 });
const clocks: fc.Arbitrary<ClockRow> = fc.record({
  anchorWall: fc.integer({ min: 1e12, max: 2e12 }),
  anchorMarket: fc.integer({ min: 1e12, max: 2e12 }),
  speed,
  previousSpeed: fc.option(speed),
});
const away = fc.integer({ min: -1e8, max: 1e8 });

describe("a venue's clock", () => {
  it("never runs back, also where its speed changes", () => {
    fc.assert(
      fc.property(clocks, away, fc.nat(1e6), (clock, from, step) => {
        const wall = clock.anchorWall + from;
        expect(venueTimeAt(clock, wall + step)).toBeGreaterThanOrEqual(venueTimeAt(clock, wall));
      }),
    );
  });

  it("shows a market time from the wall time on that is said to show it, and not a millisecond before", () => {
    fc.assert(
      fc.property(clocks, away, (clock, from) => {
        const market = clock.anchorMarket + from;
        const speedThere = market <= clock.anchorMarket ? (clock.previousSpeed ?? clock.speed) : clock.speed;
        fc.pre(speedThere > 0);
        const wall = wallTimeOf(clock, market) ?? Number.NaN;
        expect(venueTimeAt(clock, wall)).toBeGreaterThanOrEqual(market);
        expect(venueTimeAt(clock, wall - 1)).toBeLessThan(market);
      }),
    );
  });

  it("stands still at speed 0: what it shows it has shown, what is later never comes", () => {
    const clock = { anchorWall: 1000, anchorMarket: 5000, speed: 0, previousSpeed: 0 };
    expect([0, 1000, 9000].map((wall) => venueTimeAt(clock, wall))).toEqual([5000, 5000, 5000]);
    expect([4999, 5000, 5001].map((market) => wallTimeOf(clock, market))).toEqual([1000, 1000, null]);
  });

  it("of a venue without a row is the wall clock", () => {
    expect([venueTimeAt(null, 7), wallTimeOf(null, 7)]).toEqual([7, 7]);
  });
});
