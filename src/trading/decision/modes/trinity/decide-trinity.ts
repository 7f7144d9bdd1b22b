import { holdDecision, type Decision } from "../../basis/decision";
import type { HeldPosition } from "../../basis/decision-mode";
import { decideTrinityEntry } from "./decide-trinity-entry";
import { exitEvidence, readTrinityExits, type TrinityExitReading, type TrinityExitRule } from "./trinity-exits";
import type { TrinityQuestion, TrinityRead } from "./trinity-question";
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
  const details = describePosition(question, scores, { position, exits });
  const exit = exits.find(({ reading }) => reading.met === true);
  if (exit) return closePosition(pair, position, { rule: exit.rule, details });
  if (!isWarm) return holdForWarmUp(question);
  const text = `the ${position.side} stays open: no exit rule holds`;
  return holdDecision<TrinityReason>(pair, { code: "position-open", text }, details);
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

/** The score shown beside an open position is that of its own side. */
const describePosition = (
  { analysis }: TrinityQuestion,
  scores: TrinityRead["scores"],
  { position, exits }: { readonly position: HeldPosition; readonly exits: readonly TrinityExitReading[] },
): Details => ({
  decidedCandle: analysis.candle,
  score: scores[position.side],
  scores,
  evidence: [...analysis.evidence, ...exitEvidence(exits, position.side)],
});
