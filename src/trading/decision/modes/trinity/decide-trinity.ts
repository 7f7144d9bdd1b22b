import { holdDecision, type Decision } from "../../basis/decision";
import type { HeldPosition } from "../../basis/decision-mode";
import { decideTrinityEntry } from "./decide-trinity-entry";
import { evidenceOfDecision } from "./trinity-analysis";
import { exitEvidence, readTrinityExits, type TrinityExitRule } from "./trinity-exits";
import type { TrinityQuestion } from "./trinity-question";
import type { TrinityReason } from "./trinity-reasons";
import { trinityCandlesNeeded } from "./trinity-warm-up";

/**
 * Trinity's decision for one pair where its market reads so (TRADING sections 3 and 4). With a position it closes or
 * holds, an exit counting as soon as its own indicator is warm; without one it opens or holds, and only once every
 * indicator is warm.
 */
export const decideTrinity = (question: TrinityQuestion): Decision => {
  const { pair, settings, position, analysis } = question;
  const { scores, readings } = analysis;
  const { last, candles } = readings;
  if (last === null || scores === null) return holdForWarmUp(question);
  const isWarm = candles >= trinityCandlesNeeded();
  if (position === null) return isWarm ? decideTrinityEntry(question, { scores, last }) : holdForWarmUp(question);
  const exits = readTrinityExits(last, settings, position);
  // The score shown beside an open position is that of its own side.
  const details = { decidedCandle: analysis.candle, score: scores[position.side], scores };
  const ownEvidence = () => exitEvidence(exits, position.side);
  const exit = exits.find(({ reading }) => reading.met === true);
  if (exit) {
    const evidence = evidenceOfDecision(analysis, ownEvidence);
    return closePosition(pair, position, { rule: exit.rule, details: { ...details, evidence } });
  }
  if (!isWarm) return holdForWarmUp(question);
  const text = `the ${position.side} stays open: no exit rule holds`;
  const evidence = evidenceOfDecision(analysis, ownEvidence);
  return holdDecision<TrinityReason>(pair, { code: "position-open", text }, { ...details, evidence });
};

const holdForWarmUp = ({ pair, settings, analysis }: TrinityQuestion): Decision => {
  const { candle, readings } = analysis;
  const text = `${readings.candles} closed ${settings.timeframe} candles since the last outage are there, ${trinityCandlesNeeded()} are needed`;
  return holdDecision<TrinityReason>(pair, { code: "warming-up", text }, { decidedCandle: candle });
};

const EXIT_TEXT: Record<TrinityExitRule, string> = {
  supertrend: "Supertrend turned against it",
  sma200: "the close crossed SMA200 against it",
  rsi: "RSI14 is stretched its way",
};

type Details = Pick<Decision, "decidedCandle" | "score" | "scores" | "evidence">;

/** Closes the whole position: a close carries no size and no prices. */
const closePosition = (
  pair: string,
  { side }: HeldPosition,
  { rule, details }: { readonly rule: TrinityExitRule; readonly details: Details },
): Decision => {
  const reason = { code: `exit-${rule}` as const, text: `the ${side} is closed: ${EXIT_TEXT[rule]}` };
  return { ...holdDecision<TrinityReason>(pair, reason, details), action: "close", side };
};
