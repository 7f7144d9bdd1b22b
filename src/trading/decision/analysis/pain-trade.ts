import { allOf, compare, type Truth } from "./condition";
import { FUNDING_ELEVATED, FUNDING_EXTREME } from "./funding-thresholds";
import type { NewsSentiment } from "./news-sentiment";

/**
 * One pair; null is unknown. `fundingRate` is a fraction per 8 h, `openInterestRatio` the open interest over that of the
 * reading before, changes are fractions, `high4h` and `low4h` prices of the last 4 hours.
 */
export type PainReadings = {
  readonly fundingRate: number | null;
  readonly openInterestRatio: number | null;
  readonly change1h: number | null;
  readonly change24h: number | null;
  readonly high4h: number | null;
  readonly low4h: number | null;
  readonly news: NewsSentiment | null;
};

/** `score` 0..1 is the original's weight, not a probability; null where open interest is unknown. */
export type SqueezeWatch = {
  readonly squeeze: "long" | "short" | "none" | "unknown";
  readonly strength: "extreme" | "elevated" | null;
  readonly score: number | null;
};

export type CrowdedTrade = {
  readonly code: "late-longs" | "late-shorts" | "good-news-buyers" | "bad-news-sellers";
  readonly met: Truth;
};

export type PainTrade = SqueezeWatch & {
  readonly openInterest: "rising" | "falling" | "steady" | "unknown";
  readonly price: "up" | "down" | "ranging" | "unknown";
  /** Prices beyond which those on the wrong side give up; null where the range is unknown. */
  readonly triggers: { readonly above: number; readonly below: number } | null;
  readonly crowded: readonly CrowdedTrade[];
};

const OPEN_INTEREST = { rising: 1.1, falling: 0.9 };
const PRICE_STEP = 0.005;
const TRIGGER_SHARE = 0.1;
const SCORE = {
  extreme: { most: 0.85, base: 0.5 },
  elevated: { most: 0.65, base: 0.3 },
  perRatio: 0.2,
  aligned: 0.2,
  none: 0.1,
} as const;
const LATE_MOVE = 0.05;
const AGAINST_NEWS = 0.02;

/** Who pays for being on the crowded side, and where they would have to leave. Unknown data makes unknown, never none. */
export const watchPainTrade = (readings: PainReadings): PainTrade => ({
  ...watchSqueeze(readings),
  openInterest: openInterestTrend(readings.openInterestRatio),
  price: priceTrend(readings.change1h),
  triggers: triggersOf(readings),
  crowded: findCrowdedTrades(readings),
});

/** Open interest over the one before; null where one of them is unknown or there was none before. */
export const openInterestRatio = (now: number | null, before: number | null): number | null =>
  now === null || before === null || before === 0 ? null : now / before;

const openInterestTrend = (ratio: number | null): PainTrade["openInterest"] => {
  if (ratio === null) return "unknown";
  if (ratio > OPEN_INTEREST.rising) return "rising";
  return ratio < OPEN_INTEREST.falling ? "falling" : "steady";
};

const priceTrend = (change: number | null): PainTrade["price"] => {
  if (change === null) return "unknown";
  if (change > PRICE_STEP) return "up";
  return change < -PRICE_STEP ? "down" : "ranging";
};

/** The side that pays funding is crowded; it is squeezed unless price goes its way. */
const watchSqueeze = ({ fundingRate, openInterestRatio: ratio, change1h }: PainReadings): SqueezeWatch => {
  if (fundingRate === null) return { squeeze: "unknown", strength: null, score: null };
  const strength = strengthOf(Math.abs(fundingRate));
  if (strength === null) return { squeeze: "none", strength, score: SCORE.none };
  const trend = priceTrend(change1h);
  if (trend === "unknown") return { squeeze: "unknown", strength, score: null };
  const crowded = fundingRate > 0 ? "long" : "short";
  if (trend === (crowded === "long" ? "up" : "down")) return { squeeze: "none", strength, score: SCORE.aligned };
  const { most, base } = SCORE[strength];
  return { squeeze: crowded, strength, score: ratio === null ? null : Math.min(most, base + SCORE.perRatio * ratio) };
};

const strengthOf = (rate: number): SqueezeWatch["strength"] => {
  if (rate > FUNDING_EXTREME) return "extreme";
  return rate > FUNDING_ELEVATED ? "elevated" : null;
};

const triggersOf = ({ high4h, low4h }: PainReadings): PainTrade["triggers"] => {
  if (high4h === null || low4h === null) return null;
  const margin = TRIGGER_SHARE * (high4h - low4h);
  return { above: high4h + margin, below: low4h - margin };
};

const findCrowdedTrades = ({ change24h, fundingRate, news }: PainReadings): CrowdedTrade[] => {
  const beyond = (value: number | null, operator: "<" | ">", threshold: number): Truth =>
    compare({ condition: "crowded", value, operator, threshold }).met;
  const isNews = (wanted: NewsSentiment): Truth => (news === null ? null : news === wanted);
  return [
    {
      code: "late-longs",
      met: allOf([beyond(change24h, ">", LATE_MOVE), beyond(fundingRate, ">", FUNDING_ELEVATED)]),
    },
    {
      code: "late-shorts",
      met: allOf([beyond(change24h, "<", -LATE_MOVE), beyond(fundingRate, "<", -FUNDING_ELEVATED)]),
    },
    { code: "good-news-buyers", met: allOf([isNews("positive"), beyond(change24h, "<", -AGAINST_NEWS)]) },
    { code: "bad-news-sellers", met: allOf([isNews("negative"), beyond(change24h, ">", AGAINST_NEWS)]) },
  ];
};
