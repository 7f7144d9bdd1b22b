import type { ToldFacts } from "./told-facts";

/** What an answer must keep to, as the prompt says it in words and facts. Distances in percent. */
export type ToldLimits = {
  readonly confidenceMin: number;
  readonly rewardRiskMin: number;
  readonly buysOnly: boolean;
  readonly stopDistanceMin: number;
  readonly stopDistanceMax: number;
  /** What a target gains at least of what the stop loses, when both have paid what an entry and its exit cost. */
  readonly netRewardMin: number;
  /** Positions that may still be opened. */
  readonly room: number;
  /** What an entry and its exit cost. */
  readonly roundTrip: number;
};

/** For a prompt that does not say: careful ones. */
const CONFIDENCE = 0.65;
const REWARD = 1.5;
const STOP_DISTANCE_MIN = 0.5;
const STOP_DISTANCE_MAX = 5;
const NET_REWARD = 1.5;
const POSITIONS = 1;
const ROUND_TRIP = 0.1;

const findNumber = (words: string, pattern: RegExp, otherwise: number): number => {
  const [, number] = pattern.exec(words) ?? [];
  return number === undefined ? otherwise : Number(number);
};

const numberAt = (facts: ToldFacts, path: string, otherwise: number): number => {
  const value = facts.get(path);
  return typeof value === "number" ? value : otherwise;
};

/** The limits of a prompt. `words`: its system text. */
export const readToldLimits = (words: string, facts: ToldFacts): ToldLimits => ({
  confidenceMin: findNumber(words, /below a confidence of (\d+(?:\.\d+)?)/, CONFIDENCE),
  rewardRiskMin: findNumber(words, /gains less than (\d+(?:\.\d+)?) times/, REWARD),
  buysOnly: /only buys/.test(words),
  stopDistanceMin: numberAt(facts, "limits.stop-distance-min", STOP_DISTANCE_MIN),
  stopDistanceMax: numberAt(facts, "limits.stop-distance", STOP_DISTANCE_MAX),
  netRewardMin: numberAt(facts, "limits.reward-to-risk", NET_REWARD),
  room: numberAt(facts, "limits.positions", POSITIONS) - numberAt(facts, "portfolio.positions", 0),
  roundTrip: numberAt(facts, "costs.round-trip", ROUND_TRIP),
});
