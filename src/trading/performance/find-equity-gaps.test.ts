import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findEquityGaps } from "./find-equity-gaps";

const HOUR = 3600;
const DAY = 24 * HOUR;
const SLOT = 300;
const OF_BOT = { intervalSeconds: SLOT, samples: 600 };

const every = (step: number, count: number, from = 0): number[] =>
  Array.from({ length: count }, (_, index) => from + index * step);

describe("gaps of an equity curve", () => {
  it("are where nothing was marked, and nowhere else", () => {
    const times = [...every(SLOT, 100), ...every(SLOT, 100, 3 * DAY)];
    expect(findEquityGaps(times, OF_BOT)).toEqual([{ from: 99 * SLOT, to: 3 * DAY }]);
    expect(findEquityGaps(every(SLOT, 100), OF_BOT)).toEqual([]);
  });

  it("are found in a curve of today as in one that begins with the epoch", () => {
    const today = 1_700_000_000;
    const times = [...every(SLOT, 100, today), ...every(SLOT, 100, today + 3 * DAY)];
    expect(findEquityGaps(times, OF_BOT)).toEqual([{ from: today + 99 * SLOT, to: today + 3 * DAY }]);
    const hour = [today, today + SLOT, today + SLOT + HOUR];
    expect(findEquityGaps(hour, OF_BOT)).toEqual([{ from: today + SLOT, to: today + SLOT + HOUR }]);
  });

  it("are not what thinning took away: an hour after a week, a day after ninety", () => {
    const thinned = [...every(DAY, 100), ...every(HOUR, 83 * 24, 100 * DAY), ...every(SLOT, 7 * 288, 183 * DAY)];
    expect(findEquityGaps(thinned, { ...OF_BOT, samples: 1_000_000 })).toEqual([]);
  });

  it("are missing days among thinned points too", () => {
    const times = [...every(DAY, 20), ...every(DAY, 100, 25 * DAY), ...every(HOUR, 90 * 24, 125 * DAY)];
    expect(findEquityGaps(times, OF_BOT)).toEqual([{ from: 19 * DAY, to: 25 * DAY }]);
  });

  it("need more than one late slot, and are none of a curve without two points", () => {
    expect(findEquityGaps([0, SLOT, 3 * SLOT, 4 * SLOT], OF_BOT)).toEqual([]);
    expect([findEquityGaps([], OF_BOT), findEquityGaps([7], OF_BOT)]).toEqual([[], []]);
  });

  it("are wider than two steps of the sampling, not as wide", () => {
    const sampled = { intervalSeconds: 10, samples: 11 };
    expect(findEquityGaps([0, 200, 400, 600, 800, 1000], sampled)).toEqual([]);
    expect(findEquityGaps([0, 201, 401, 601, 801, 1000], sampled)).toEqual([{ from: 0, to: 201 }]);
  });

  it("are none in a whole curve however it is sampled", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 900 }), fc.integer({ min: 2, max: 200 }), (count, samples) => {
        const all = every(SLOT, count);
        const span = (count - 1) * SLOT;
        const sampled = new Set(
          every(1, samples).map((n) => all.findLast((time) => time <= (span * n) / (samples - 1)) ?? 0),
        );
        expect(findEquityGaps([...sampled], { intervalSeconds: SLOT, samples })).toEqual([]);
      }),
    );
  });

  it("are judged by the interval of their own time", () => {
    const times = [...every(HOUR, 10), ...every(SLOT, 20, 10 * HOUR), ...every(SLOT, 20, 13 * HOUR)];
    const earlier = [{ until: 10 * HOUR, intervalSeconds: HOUR }];
    const found = [{ from: 10 * HOUR + 19 * SLOT, to: 13 * HOUR }];
    expect(findEquityGaps(times, { ...OF_BOT, earlier })).toEqual(found);
    expect(findEquityGaps(times, OF_BOT).length).toBeGreaterThan(found.length);
  });
});
