import { describe, expect, it } from "vitest";
import { openInterestRatio, watchPainTrade, type PainReadings } from "./pain-trade";

const QUIET: PainReadings = {
  fundingRate: 0,
  openInterestRatio: 1,
  change1h: 0,
  change24h: 0,
  high4h: 110,
  low4h: 100,
  news: "neutral",
};
const UNKNOWN: PainReadings = {
  fundingRate: null,
  openInterestRatio: null,
  change1h: null,
  change24h: null,
  high4h: null,
  low4h: null,
  news: null,
};

const watch = (change: Partial<PainReadings>) => watchPainTrade({ ...QUIET, ...change });

type Case = [funding: number, change1h: number, ratio: number, squeeze: string, strength: string | null, score: number];

describe("the squeeze watch", () => {
  it.each<Case>([
    [0.0006, -0.01, 1, "long", "extreme", 0.7],
    [0.0006, 0, 1.2, "long", "extreme", 0.74],
    [0.0006, 0, 3, "long", "extreme", 0.85],
    [0.0006, 0.01, 1, "none", "extreme", 0.2],
    [-0.0006, 0.01, 1, "short", "extreme", 0.7],
    [-0.0006, 0, 1, "short", "extreme", 0.7],
    [-0.0006, -0.01, 1, "none", "extreme", 0.2],
    [0.0005, -0.01, 1, "long", "elevated", 0.5],
    [0.0002, 0, 1, "long", "elevated", 0.5],
    [-0.0002, 0, 5, "short", "elevated", 0.65],
    [0.0002, 0.006, 1, "none", "elevated", 0.2],
    [0.0001, -0.01, 1, "none", null, 0.1],
    [-0.0001, 0.01, 1, "none", null, 0.1],
  ])(
    "funding %f per 8 h, price %f, open interest x %f: %s",
    (fundingRate, change1h, ratio, squeeze, strength, score) => {
      const found = watch({ fundingRate, change1h, openInterestRatio: ratio });
      expect(found).toMatchObject({ squeeze, strength });
      expect(found.score).toBeCloseTo(score, 12);
    },
  );

  it("is unknown without funding, or without the price's direction where funding is high", () => {
    expect(watch({ fundingRate: null })).toMatchObject({ squeeze: "unknown", score: null });
    expect(watch({ fundingRate: 0.001, change1h: null })).toMatchObject({ squeeze: "unknown", strength: "extreme" });
    expect(watch({ fundingRate: 0, change1h: null })).toMatchObject({ squeeze: "none", score: 0.1 });
  });

  it("has no score without open interest, but its side", () => {
    expect(watch({ fundingRate: 0.001, openInterestRatio: null })).toMatchObject({
      squeeze: "long",
      score: null,
      openInterest: "unknown",
    });
  });
});

it.each([
  [1.11, "rising"],
  [1.1, "steady"],
  [0.9, "steady"],
  [0.89, "falling"],
])("open interest x %f is %s", (ratio, trend) => {
  expect(watch({ openInterestRatio: ratio }).openInterest).toBe(trend);
});

it.each([
  [0.0051, "up"],
  [0.005, "ranging"],
  [-0.0051, "down"],
])("a change of %f in an hour is %s", (change1h, trend) => {
  expect(watch({ change1h }).price).toBe(trend);
});

it("the ratio of open interest is unknown without one before", () => {
  expect(openInterestRatio(110, 100)).toBeCloseTo(1.1, 12);
  expect([openInterestRatio(null, 100), openInterestRatio(100, null), openInterestRatio(100, 0)]).toEqual([
    null,
    null,
    null,
  ]);
});

it("the triggers are a tenth of the 4 h range beyond it", () => {
  expect(watch({}).triggers).toEqual({ above: 111, below: 99 });
  expect(watch({ low4h: null }).triggers).toBeNull();
});

describe("crowded trades", () => {
  const crowdedOf = (change: Partial<PainReadings>) =>
    watch(change)
      .crowded.filter(({ met }) => met === true)
      .map(({ code }) => code);

  it.each<[string[], Partial<PainReadings>]>([
    [["late-longs"], { change24h: 0.051, fundingRate: 0.00011 }],
    [[], { change24h: 0.051, fundingRate: 0.0001 }],
    [[], { change24h: 0.05, fundingRate: 0.00011 }],
    [["late-shorts"], { change24h: -0.051, fundingRate: -0.00011 }],
    [["good-news-buyers"], { change24h: -0.021, news: "positive" }],
    [["bad-news-sellers"], { change24h: 0.021, news: "negative" }],
    [[], { change24h: 0.021, news: "positive" }],
    [["late-longs", "bad-news-sellers"], { change24h: 0.06, fundingRate: 0.001, news: "negative" }],
  ])("are %j with %o", (codes, change) => {
    expect(crowdedOf(change)).toEqual(codes);
  });

  it("are unknown, never absent, where the data that decides is missing", () => {
    expect(watch({ change24h: 0.06, fundingRate: null }).crowded[0]).toEqual({ code: "late-longs", met: null });
    expect(watch({ change24h: 0, fundingRate: null }).crowded[0]).toEqual({ code: "late-longs", met: false });
    expect(watchPainTrade(UNKNOWN).crowded.map(({ met }) => met)).toEqual([null, null, null, null]);
  });
});

it("with nothing known, everything is unknown and nothing a default", () => {
  expect(watchPainTrade(UNKNOWN)).toMatchObject({
    squeeze: "unknown",
    strength: null,
    score: null,
    openInterest: "unknown",
    price: "unknown",
    triggers: null,
  });
});
