import { compare, type Condition } from "./condition";

/**
 * The mood of the whole market; null is unknown. `fearGreed` is an index of 0..100, `bitcoinDominance` a fraction of all
 * market value, `marketValueChange24h` a fraction, `trendingMemeCoins` a count.
 */
export type SentimentReadings = {
  readonly fearGreed: number | null;
  readonly fearGreedYesterday: number | null;
  readonly bitcoinDominance: number | null;
  readonly marketValueChange24h: number | null;
  readonly trendingMemeCoins: number | null;
};

type SentimentPhase = "extreme-fear" | "fear" | "neutral" | "greed" | "extreme-greed" | "unknown";

/** `advice` is one line for the phase and one for each other condition that is met; it obliges to nothing. */
export type MarketSentiment = {
  readonly phase: SentimentPhase;
  readonly trend: "rising" | "falling" | "steady" | "unknown";
  readonly conditions: readonly Condition[];
  readonly advice: readonly string[];
};

const PHASES = [
  { below: 20, phase: "extreme-fear" },
  { below: 40, phase: "fear" },
  { below: 60, phase: "neutral" },
  { below: 80, phase: "greed" },
] as const;
const TREND_STEP = 5;

const PHASE_ADVICE: Readonly<Record<SentimentPhase, string>> = {
  "extreme-fear": "Extreme fear: selling may be exhausted. A long needs a confirmed turn, a short is late.",
  fear: "Fear: price falls easily and rebounds sharply. Take smaller positions.",
  neutral: "Neutral: the mood speaks for neither side.",
  greed: "Greed: trends carry on, but a late long pays more. Keep stops close.",
  "extreme-greed": "Extreme greed: buying may be exhausted. A short needs a confirmed turn, a long is late.",
  unknown: "The fear and greed index is unknown.",
};

/** Phase and trend of the index with one rule for advice, contrarian at both extremes; nothing is assumed where unknown. */
export const readMarketSentiment = (readings: SentimentReadings): MarketSentiment => {
  const index = indexOrUnknown(readings.fearGreed);
  const phase = phaseOf(index);
  const asked = askConditions(readings);
  const advice = asked.filter(({ condition }) => condition.met === true).map(({ text }) => text);
  return {
    phase,
    trend: trendOf(index, indexOrUnknown(readings.fearGreedYesterday)),
    conditions: asked.map(({ condition }) => condition),
    advice: [PHASE_ADVICE[phase], ...advice],
  };
};

/** A number outside of 0..100 is no reading of the index. */
const indexOrUnknown = (index: number | null): number | null =>
  index !== null && index >= 0 && index <= 100 ? index : null;

const phaseOf = (index: number | null): SentimentPhase =>
  index === null ? "unknown" : (PHASES.find(({ below }) => index < below)?.phase ?? "extreme-greed");

const trendOf = (index: number | null, yesterday: number | null): MarketSentiment["trend"] => {
  if (index === null || yesterday === null) return "unknown";
  if (index - yesterday >= TREND_STEP) return "rising";
  return index - yesterday <= -TREND_STEP ? "falling" : "steady";
};

type Asked = { readonly condition: Condition; readonly text: string };

const askConditions = (readings: SentimentReadings): Asked[] => {
  const { bitcoinDominance, marketValueChange24h, trendingMemeCoins } = readings;
  const ask = (parts: Omit<Condition, "met">, text: string): Asked => ({ condition: compare(parts), text });
  const dominance = { condition: "bitcoin-dominance", value: bitcoinDominance };
  const change = { condition: "market-value-change-24h", value: marketValueChange24h };
  const memes = { condition: "trending-meme-coins", value: trendingMemeCoins };
  return [
    ask({ ...dominance, operator: ">", threshold: 0.55 }, "Bitcoin leads: other coins tend to lag behind it."),
    ask({ ...dominance, operator: "<", threshold: 0.45 }, "Other coins lead: money takes more risk."),
    ask({ ...change, operator: ">", threshold: 0.03 }, "The whole market rose by more than 3 % in a day."),
    ask({ ...change, operator: "<", threshold: -0.03 }, "The whole market fell by more than 3 % in a day."),
    ask({ ...memes, operator: ">", threshold: 1 }, "Several meme coins are trending: speculation is high."),
  ];
};
