import { expect, it } from "vitest";
import { readMarketSentiment, type SentimentReadings } from "./market-sentiment";

const UNKNOWN: SentimentReadings = {
  fearGreed: null,
  fearGreedYesterday: null,
  bitcoinDominance: null,
  marketValueChange24h: null,
  trendingMemeCoins: null,
};
const read = (change: Partial<SentimentReadings>) => readMarketSentiment({ ...UNKNOWN, ...change });

it.each([
  [0, "extreme-fear"],
  [19, "extreme-fear"],
  [20, "fear"],
  [39, "fear"],
  [40, "neutral"],
  [60, "greed"],
  [79, "greed"],
  [80, "extreme-greed"],
  [100, "extreme-greed"],
  [-1, "unknown"],
  [101, "unknown"],
  [Number.NaN, "unknown"],
  [null, "unknown"],
])("an index of %s is %s", (fearGreed, phase) => {
  expect(read({ fearGreed }).phase).toBe(phase);
});

it.each([
  [50, 45, "rising"],
  [50, 46, "steady"],
  [50, 55, "falling"],
  [50, null, "unknown"],
  [null, 50, "unknown"],
])("an index of %s after %s is %s", (fearGreed, fearGreedYesterday, trend) => {
  expect(read({ fearGreed, fearGreedYesterday }).trend).toBe(trend);
});

it("what is unknown is said to be, and is no index of 50 or dominance of one half", () => {
  const sentiment = read({});
  expect(sentiment).toMatchObject({ phase: "unknown", trend: "unknown" });
  expect(sentiment.conditions.map(({ met }) => met)).toEqual([null, null, null, null, null]);
  expect(sentiment.advice).toEqual(["The fear and greed index is unknown."]);
});

it.each<[Partial<SentimentReadings>, RegExp]>([
  [{ bitcoinDominance: 0.56 }, /^Bitcoin leads/],
  [{ bitcoinDominance: 0.44 }, /^Other coins lead/],
  [{ marketValueChange24h: 0.031 }, /rose by more than 3 %/],
  [{ marketValueChange24h: -0.031 }, /fell by more than 3 %/],
  [{ trendingMemeCoins: 2 }, /meme coins/],
])("%o gives its line of advice beside the phase's", (readings, line) => {
  const { advice } = read({ fearGreed: 50, ...readings });
  expect(advice).toHaveLength(2);
  expect(advice[1]).toMatch(line);
});

it("at the bounds themselves there is no advice", () => {
  const readings = { fearGreed: 50, bitcoinDominance: 0.5, marketValueChange24h: 0.03, trendingMemeCoins: 1 };
  expect(read(readings).advice).toHaveLength(1);
});

it("fear never advises a short and greed never a long: one rule at both extremes", () => {
  expect(read({ fearGreed: 10 }).advice[0]).toBe(
    "Extreme fear: selling may be exhausted. A long needs a confirmed turn, a short is late.",
  );
  expect(read({ fearGreed: 90 }).advice[0]).toBe(
    "Extreme greed: buying may be exhausted. A short needs a confirmed turn, a long is late.",
  );
});
