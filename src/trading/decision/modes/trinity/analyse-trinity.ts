import type { Analysis, MarketQuestion } from "../../basis/analysis";
import { evidenceOfBoth, scoreTrinitySides } from "./score-trinity-side";
import { readTrinityMarket, type TrinityReads } from "./trinity-input";
import { readExitSignals, type TrinityReadings } from "./trinity-readings";
import { readTrinitySignals, type TrinitySignals } from "./trinity-signals";

/**
 * What Trinity reads in a market at a time (TRADING section 4): both sides scored, with their evidence, and what its
 * exits look at. Reads closed candles only. Throws RangeError when candles are out of order or off the grid.
 */
export const analyseTrinity = (question: MarketQuestion<TrinityReads>): Analysis<TrinityReadings> => {
  const market = readTrinityMarket(question);
  const signals = readTrinitySignals(market);
  const candles = market.candles.length;
  if (signals === null) return { candle: null, scores: null, evidence: [], readings: { candles, last: null } };
  return analyseTrinitySignals(signals, candles);
};

/** The analysis of what was read over so many candles. */
export const analyseTrinitySignals = (signals: TrinitySignals, candles: number): Analysis<TrinityReadings> => {
  const scores = scoreTrinitySides(signals);
  return {
    candle: signals.candle.openTime,
    scores: { long: scores.long.score, short: scores.short.score },
    evidence: evidenceOfBoth(scores),
    readings: { candles, last: readExitSignals(signals) },
  };
};
