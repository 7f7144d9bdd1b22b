import { decimal, priceToMoney, toPlain } from "../../../money";
import { holdDecision, type Decision, type DecisionReason } from "../../basis/decision";
import { evidenceOfBoth, scoreTrinitySides, type TrinitySideScore } from "./score-trinity-side";
import type { TrinityReason } from "./trinity-reasons";
import { exitEvidence, readTrinityEntryBlocks, type TrinityExitReading, type TrinityExitRule } from "./trinity-exits";
import type { TrinityInput } from "./trinity-input";
import type { TrinitySettings } from "./trinity-settings";
import type { TrinitySignals } from "./trinity-signals";
import { trinitySizeFraction } from "./trinity-size";

/** Opens the higher side when its trigger, its score and its own exit rules allow it; holds with the reason otherwise. */
export const decideTrinityEntry = (input: TrinityInput, signals: TrinitySignals): Decision => {
  const { pair, settings } = input;
  const scores = scoreTrinitySides(signals);
  const { long, short } = scores;
  const best = long.score > short.score ? long : short;
  const details = {
    decidedCandle: signals.candle.openTime,
    score: best.score,
    scores: { long: long.score, short: short.score },
    evidence: evidenceOfBoth(scores),
  };
  if (long.score === short.score) {
    return holdDecision<TrinityReason>(pair, { code: "tie", text: `long and short both score ${best.score}` }, details);
  }
  const blocks = readTrinityEntryBlocks(signals, settings, best.side);
  const withBlocks = { ...details, evidence: [...details.evidence, ...exitEvidence(blocks, best.side)] };
  const refusal = refuseEntry(best, settings, blocks);
  if (refusal) return holdDecision<TrinityReason>(pair, refusal, withBlocks);
  const trigger = best.isTriggerMet ? "with its trigger" : "without a trigger";
  const text = `${best.side}: score ${best.score} of at least ${settings.entryScoreMin}, ${trigger}`;
  return {
    ...holdDecision<TrinityReason>(pair, { code: "entry", text }, withBlocks),
    action: "open",
    side: best.side,
    sizeFraction: trinitySizeFraction(best.score),
    leverage: settings.leverage,
    ...entryPrices(best, settings, signals.candle.close),
    invalidation: invalidationOf(blocks, best),
  };
};

const BLOCK_TEXT: Record<TrinityExitRule, string> = {
  supertrend: "Supertrend is against it",
  sma200: "the close is beyond SMA200",
  rsi: "RSI14 is stretched its way",
};

const refuseEntry = (
  { side, score, isTriggerMet }: TrinitySideScore,
  settings: TrinitySettings,
  blocks: readonly TrinityExitReading[],
): DecisionReason<TrinityReason> | null => {
  if (settings.triggerRequired && !isTriggerMet) {
    return { code: "no-trigger", text: `${side} scores ${score}, but no entry trigger is met` };
  }
  if (score < settings.entryScoreMin) {
    return { code: "score-below-minimum", text: `${side} scores ${score}, below ${settings.entryScoreMin}` };
  }
  const block = blocks.find(({ reading }) => reading.met === true);
  if (block === undefined) return null;
  return {
    code: "exit-rule-holds",
    text: `no ${side} is opened while its own exit rule holds: ${BLOCK_TEXT[block.rule]}`,
  };
};

/** Prices in plain notation, measured from the last close. The gate rounds them to the market's tick. */
const entryPrices = (
  { side }: TrinitySideScore,
  settings: TrinitySettings,
  close: number,
): Pick<Decision, "entryPrice" | "stopLoss" | "takeProfit"> => {
  const entry = priceToMoney(close);
  const sign = side === "long" ? 1 : -1;
  const moved = (fraction: number): string => toPlain(entry.times(decimal(1).plus(decimal(fraction).times(sign))));
  return {
    entryPrice: toPlain(entry),
    stopLoss: moved(-settings.stopLossFraction),
    takeProfit: moved(settings.takeProfitFraction),
  };
};

const invalidationOf = (exits: readonly TrinityExitReading[], { side }: TrinitySideScore): string[] => {
  const text = {
    supertrend: `Supertrend(10,3) turns ${side === "long" ? "down" : "up"}`,
    sma200: `the close crosses ${side === "long" ? "below" : "above"} SMA200`,
    rsi: side === "long" ? "RSI14 rises above 75" : "RSI14 falls below 25",
  };
  return exits.map(({ rule }) => text[rule]);
};
