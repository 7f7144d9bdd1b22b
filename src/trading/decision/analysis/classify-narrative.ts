import type { NewsSentiment } from "./news-sentiment";

/** `ageMinutes` null is unknown; `change` is the price's change since the news, a fraction, null where unknown. */
export type NarrativeInput = {
  readonly sentiment: NewsSentiment;
  readonly ageMinutes: number | null;
  readonly change: number | null;
};

/** What price made of a piece of news, the side that this speaks for, and why in a sentence. */
export type NarrativeReading = {
  readonly kind: "impulse" | "priced-in" | "absorption" | "distribution" | "divergence" | "neutral" | "unknown";
  readonly bias: "bullish" | "bearish" | "none";
  readonly text: string;
};

const MINUTES = { impulseMax: 60, freshMax: 120, pricedInMin: 360 };
const MOVE = { impulse: 0.01, step: 0.005 };

/**
 * The first that fits: older than 6 h is priced in; neutral news is neutral; then by what price did. With the news: an
 * impulse (priced in after 2 h, where it is not fresh). Against it: bad news absorbed or good news sold into, and a
 * divergence once that has lasted over 2 h. Flat: buyers or sellers take the other side, which speaks for neither.
 */
export const classifyNarrative = (input: NarrativeInput): NarrativeReading => {
  const { sentiment, ageMinutes, change } = input;
  if (ageMinutes === null) return unknown("the age of the news is unknown");
  if (ageMinutes > MINUTES.pricedInMin) return without("priced-in", "the news is older than 6 hours");
  if (sentiment === "neutral") return without("neutral", "the news is neither good nor bad");
  if (change === null) return unknown("the change of the price since the news is unknown");
  const withNews = sentiment === "positive" ? change : -change;
  if (withNews > MOVE.step) return followedNews(sentiment, ageMinutes, withNews);
  if (withNews < -MOVE.step) return defiedNews(sentiment, ageMinutes);
  return sentiment === "positive"
    ? without("absorption", "good news moved nothing: sellers meet those who buy it")
    : without("distribution", "bad news moved nothing: buyers meet those who sell it");
};

const unknown = (text: string): NarrativeReading => ({ kind: "unknown", bias: "none", text });

const without = (kind: NarrativeReading["kind"], text: string): NarrativeReading => ({ kind, bias: "none", text });

const followedNews = (sentiment: NewsSentiment, age: number, move: number): NarrativeReading => {
  const isGood = sentiment === "positive";
  const bias = isGood ? "bullish" : "bearish";
  const word = isGood ? "rises on good news" : "falls on bad news";
  if (age < MINUTES.impulseMax && move > MOVE.impulse) return { kind: "impulse", bias, text: `price ${word}, at once` };
  if (age > MINUTES.freshMax) return without("priced-in", `price ${word} of over 2 hours ago: the move is known`);
  return { kind: "impulse", bias, text: `price ${word}` };
};

const defiedNews = (sentiment: NewsSentiment, age: number): NarrativeReading => {
  const isGood = sentiment === "positive";
  const bias = isGood ? "bearish" : "bullish";
  if (age > MINUTES.freshMax) {
    const text = isGood
      ? "price has fallen for over 2 hours although the news is good"
      : "price has risen for over 2 hours although the news is bad";
    return { kind: "divergence", bias, text };
  }
  return isGood
    ? { kind: "distribution", bias, text: "price falls on good news: it is sold into" }
    : { kind: "absorption", bias, text: "price rises on bad news: it is absorbed" };
};
