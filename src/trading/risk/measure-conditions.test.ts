import { describe, expect, it } from "vitest";
import type { Candle } from "../market/candle";
import { HOUR_MS } from "../market/duration";
import { conditionsWhenAsked, measureConditions } from "./measure-conditions";
import { SLOT } from "./testing/risk-context-builder";

const candle = (index: number, close: number, range = 2): Candle => ({
  openTime: SLOT + index * HOUR_MS,
  open: close,
  high: close + range / 2,
  low: close - range / 2,
  close,
  volume: 1,
});
const flat = (count: number, close = 100): Candle[] =>
  Array.from({ length: count }, (_, index) => candle(index, close));
/** Up and down by one percent in turn. */
const waves = (count: number): Candle[] =>
  Array.from({ length: count }, (_, index) => candle(index, index % 2 === 0 ? 100 : 101));

describe("how a market moves", () => {
  it("is not known with too few candles, each by what it needs", () => {
    const known = (count: number) =>
      Object.entries(measureConditions(flat(count), "1h")).flatMap(([name, value]) => (value === null ? [] : [name]));
    expect(known(0)).toEqual([]);
    expect(known(14)).toEqual([]);
    expect(known(15)).toEqual(["rangeFraction"]);
    expect(known(30)).toEqual(["rangeFraction"]);
    expect(known(31)).toEqual(["rangeFraction", "yearlyVolatility"]);
    expect(known(199)).toEqual(["rangeFraction", "yearlyVolatility"]);
    expect(known(200)).toEqual(["rangeFraction", "trendFraction", "yearlyVolatility"]);
  });

  it("is measured by the price: range of a candle, distance to the average, deviation of a year", () => {
    expect(measureConditions(flat(250), "1h")).toEqual({ rangeFraction: 0.02, trendFraction: 0, yearlyVolatility: 0 });
    // The average of 200 closes, of which the last is 110: 100.05.
    const risen = measureConditions([...flat(249), candle(249, 110)], "1h");
    expect(risen.trendFraction).toBeCloseTo(110 / 100.05 - 1, 12);
    const fallen = measureConditions([...flat(249), candle(249, 90)], "1h");
    expect(fallen.trendFraction).toBeCloseTo(90 / 99.95 - 1, 12);
    // 100 returns of plus and minus ln 1.01 around 0: the deviation is ln 1.01 x sqrt(100 / 99), of 8,760 hours a year.
    const { yearlyVolatility } = measureConditions(waves(101), "1h");
    expect(yearlyVolatility).toBeCloseTo(Math.log(1.01) * Math.sqrt(100 / 99) * Math.sqrt(8760), 10);
  });

  it("is measured around its mean: a market that only ever rises by the same share does not vary", () => {
    const rising = Array.from({ length: 101 }, (_, index) => candle(index, 100 * 1.01 ** index));
    expect(measureConditions(rising, "1h").yearlyVolatility).toBeCloseTo(0, 10);
  });

  it("is measured by the last hundred returns: what was before them is forgotten", () => {
    const wild = Array.from({ length: 50 }, (_, index) => candle(index, index % 2 === 0 ? 50 : 100));
    const calm = waves(101).map((each) => ({ ...each, openTime: each.openTime + 50 * HOUR_MS }));
    const { yearlyVolatility } = measureConditions([...wild, ...calm], "1h");
    expect(yearlyVolatility).toBe(measureConditions(calm, "1h").yearlyVolatility);
  });

  it("is not known where the price is zero", () => {
    const { rangeFraction, trendFraction } = measureConditions(flat(250, 0), "1h");
    expect([rangeFraction, trendFraction]).toEqual([null, null]);
  });

  it("is that of its own timeframe: the same candles of a day are a calmer market than those of an hour", () => {
    const daily = waves(101).map((each, index) => ({ ...each, openTime: SLOT + index * 24 * HOUR_MS }));
    const [hours, days] = [measureConditions(waves(101), "1h"), measureConditions(daily, "1d")];
    expect((hours.yearlyVolatility ?? 0) / (days.yearlyVolatility ?? 1)).toBeCloseTo(Math.sqrt(24), 10);
  });

  it("is not measured over an outage: a gap is no return, and a long one begins anew", () => {
    const gap = [...waves(60), candle(62, 200), ...Array.from({ length: 10 }, (_, index) => candle(63 + index, 200))];
    const { yearlyVolatility } = measureConditions(gap, "1h");
    expect(yearlyVolatility).toBeLessThan(Math.log(1.01) * Math.sqrt(8760) * 1.1);
    const long = [...waves(250), candle(300, 100)];
    expect(measureConditions(long, "1h")).toEqual({ rangeFraction: null, trendFraction: null, yearlyVolatility: null });
  });
});

it("conditions that are measured when asked are the same, and cost nothing before", () => {
  const known = waves(250);
  const asked = conditionsWhenAsked(known, "1h");
  expect({ ...asked }).toEqual(measureConditions(known, "1h"));
  // Candles out of order are only found by measuring.
  const broken = conditionsWhenAsked(known.toReversed(), "1h");
  expect(() => broken.trendFraction).toThrow(RangeError);
});
