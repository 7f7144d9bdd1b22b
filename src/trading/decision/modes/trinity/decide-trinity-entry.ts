import { decimal, priceToMoney, toPlain } from "../../../money";
import type { PositionSide } from "../../../portfolio/position-side";
import { holdDecision, type Decision, type DecisionReason } from "../../basis/decision";
import { evidenceOfDecision, isTriggerMet } from "./trinity-analysis";
import type { TrinityQuestion, TrinityRead } from "./trinity-question";
import type { TrinityReason } from "./trinity-reasons";
import { exitEvidence, readTrinityEntryBlocks, type TrinityExitReading, type TrinityExitRule } from "./trinity-exits";
import type { TrinitySettings } from "./trinity-settings";
import { trinitySizeFraction } from "./trinity-size";

/** The side that scored higher, as far as an entry asks. */
type Candidate = { readonly side: PositionSide; readonly score: number; readonly isTriggerMet: boolean };

/** Opens the higher side when its trigger, its score and its own exit rules allow it; holds with the reason otherwise. */
export const decideTrinityEntry = (
  { pair, settings, analysis }: TrinityQuestion,
  { scores, last }: TrinityRead,
): Decision => {
  const side = scores.long > scores.short ? "long" : "short";
  const best: Candidate = { side, score: scores[side], isTriggerMet: isTriggerMet(analysis, side) };
  const details = { decidedCandle: analysis.candle, score: best.score, scores };
  if (scores.long === scores.short) {
    const reason = { code: "tie", text: `long and short both score ${best.score}` } as const;
    return holdDecision<TrinityReason>(pair, reason, { ...details, evidence: evidenceOfDecision(analysis, () => []) });
  }
  const readBlocks = () => readTrinityEntryBlocks(last, settings, side);
  const ownEvidence = () => exitEvidence(readBlocks(), side);
  const refusal = refuseScore(best, settings) ?? refuseBlocked(best, readBlocks());
  if (refusal) {
    return holdDecision<TrinityReason>(pair, refusal, {
      ...details,
      evidence: evidenceOfDecision(analysis, ownEvidence),
    });
  }
  const trigger = best.isTriggerMet ? "with its trigger" : "without a trigger";
  const text = `${side}: score ${best.score} of at least ${settings.entryScoreMin}, ${trigger}`;
  return {
    ...holdDecision<TrinityReason>(
      pair,
      { code: "entry", text },
      { ...details, evidence: evidenceOfDecision(analysis, ownEvidence) },
    ),
    action: "open",
    side,
    sizeFraction: trinitySizeFraction(best.score),
    leverage: settings.leverage,
    ...entryPrices(best, settings, last.close),
    invalidation: invalidationOf(readBlocks(), best),
  };
};

const BLOCK_TEXT: Record<TrinityExitRule, string> = {
  supertrend: "Supertrend is against it",
  sma200: "the close is beyond SMA200",
  rsi: "RSI14 is stretched its way",
};

const refuseScore = (
  { side, score, isTriggerMet: isTriggered }: Candidate,
  settings: TrinitySettings,
): DecisionReason<TrinityReason> | null => {
  if (settings.triggerRequired && !isTriggered) {
    return { code: "no-trigger", text: `${side} scores ${score}, but no entry trigger is met` };
  }
  if (score < settings.entryScoreMin) {
    return { code: "score-below-minimum", text: `${side} scores ${score}, below ${settings.entryScoreMin}` };
  }
  return null;
};

const refuseBlocked = (
  { side }: Candidate,
  blocks: readonly TrinityExitReading[],
): DecisionReason<TrinityReason> | null => {
  const block = blocks.find(({ reading }) => reading.met === true);
  if (block === undefined) return null;
  return {
    code: "exit-rule-holds",
    text: `no ${side} is opened while its own exit rule holds: ${BLOCK_TEXT[block.rule]}`,
  };
};

/** Prices in plain notation, measured from the last close. The gate rounds them to the market's tick. */
const entryPrices = (
  { side }: Candidate,
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

const invalidationOf = (exits: readonly TrinityExitReading[], { side }: Candidate): string[] => {
  const text = {
    supertrend: `Supertrend(10,3) turns ${side === "long" ? "down" : "up"}`,
    sma200: `the close crosses ${side === "long" ? "below" : "above"} SMA200`,
    rsi: side === "long" ? "RSI14 rises above 75" : "RSI14 falls below 25",
  };
  return exits.map(({ rule }) => text[rule]);
};
