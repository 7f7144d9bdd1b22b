export type NewsSentiment = "positive" | "negative" | "neutral";

/** Whole words of headlines. A direction that is only a part of another word ("ban" in "bank") is no keyword. */
const POSITIVE = new Set(
  [
    "adopts adoption approval approved approves bullish breakthrough climbs gain gains growth high inflow inflows",
    "integration launch launches listing partnership rally rallies rebound rebounds record recovers recovery rise rises",
    "soars surge surges upgrade upgraded wins",
  ].flatMap((line) => line.split(" ")),
);
const NEGATIVE = new Set(
  [
    "ban banned bans bankrupt bankruptcy bearish breach breached crash crashes decline declines delisting drop drops",
    "exploit exploited fall falls fined fraud hack hacked halt halts insolvent lawsuit liquidated liquidations loss losses",
    "low outflow outflows plunge plunges rejected rejects scam selloff stolen sues vulnerability",
  ].flatMap((line) => line.split(" ")),
);

/** The words of a text in lower case. "sell-off" is two words and "don't" is one. */
export const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu) ?? [];

/** The majority of the positive and the negative keywords; neutral at a tie, and where there is none. */
export const readNewsSentiment = (text: string): NewsSentiment => {
  const words = wordsOf(text);
  const positive = words.filter((word) => POSITIVE.has(word)).length;
  const negative = words.filter((word) => NEGATIVE.has(word)).length;
  if (positive === negative) return "neutral";
  return positive > negative ? "positive" : "negative";
};
