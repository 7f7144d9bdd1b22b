import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeAxis } from "./time-axis";

const HOUR = 3600;
const DAY = 24 * HOUR;

describe("the axis of an equity chart", () => {
  it("is time: a missing day takes the room of a day", () => {
    const hours = [...Array(24).keys()].map((hour) => hour * HOUR);
    const { times } = timeAxis([...hours, ...hours.map((time) => time + 2 * DAY)], 600);
    expect(times).toHaveLength(72);
    expect([times.indexOf(23 * HOUR), times.indexOf(2 * DAY)]).toEqual([23, 48]);
  });

  it("gives older, thinner points the room of their time", () => {
    const { times, placeOf } = timeAxis([0, DAY, 2 * DAY, 2 * DAY + HOUR, 2 * DAY + 2 * HOUR], 600);
    expect([0, DAY, 2 * DAY, 2 * DAY + 2 * HOUR].map((time) => times.indexOf(placeOf(time)))).toEqual([0, 24, 48, 50]);
  });

  it("puts points of several lines that are close together at one place", () => {
    const { times, placeOf } = timeAxis([0, 10 * HOUR, 10 * HOUR + 60, 100 * HOUR], 101);
    expect(placeOf(10 * HOUR)).toBe(10 * HOUR + 60);
    expect(times).toHaveLength(101);
  });

  it("is empty without points and has one place for one point", () => {
    expect(timeAxis([], 600).times).toEqual([]);
    expect(timeAxis([42], 600).times).toEqual([42]);
  });

  it("goes on evenly, has a place for each point and never more places than asked for", () => {
    const someTimes = fc
      .uniqueArray(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 2, maxLength: 80 })
      .map((times) => times.map((time) => time * 60).toSorted((one, other) => one - other));
    fc.assert(
      fc.property(someTimes, fc.integer({ min: 2, max: 300 }), (points, spansMax) => {
        const { times, placeOf } = timeAxis(points, spansMax);
        expect(times.length).toBeLessThanOrEqual(spansMax);
        expect(times).toEqual([...new Set(times)].toSorted((one, other) => one - other));
        const [first, last] = [points[0] ?? 0, points.at(-1) ?? 0];
        const width = (last - first) / Math.max(1, times.length - 1);
        for (const point of points) {
          const index = times.indexOf(placeOf(point));
          expect(index).toBeGreaterThanOrEqual(0);
          expect(Math.abs(first + index * width - point)).toBeLessThanOrEqual(2 * width);
        }
      }),
    );
  });
});
