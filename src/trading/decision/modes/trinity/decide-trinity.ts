import type { Candle } from "../../../market/candle";
import { holdDecision, type Decision } from "../../basis/decision";
import type { HeldPosition } from "../../basis/decision-mode";
import { decideTrinityEntry } from "./decide-trinity-entry";
import { evidenceOfBoth, scoreTrinitySides } from "./score-trinity-side";
import { exitEvidence, readTrinityExits, type TrinityExitReading, type TrinityExitRule } from "./trinity-exits";
import { readTrinityMarket, type TrinityInput } from "./trinity-input";
import type { TrinityReason } from "./trinity-reasons";
import { readTrinitySignals, type TrinityMarket, type TrinitySignals } from "./trinity-signals";
import { isTrinityWarm, trinityCandlesNeeded } from "./trinity-warm-up";

/**
 * Trinity's decision for one pair at one slot (TRADING sections 3 and 4). Pure; reads closed candles only. With a
 * position it closes or holds, and each exit rule counts once its own indicator is warm. Without a position it opens or
 * holds, and opens only once every indicator is warm. Throws RangeError when candles are out of order or off the grid.
 */
export const decideTrinity = (input: TrinityInput): Decision => {
  const market = readTrinityMarket(input);
  const signals = readTrinitySignals(market);
  if (signals === null) return holdForWarmUp(input, market, null);
  const isWarm = isTrinityWarm(market.candles, market.timeframe);
  if (input.position === null) {
    return isWarm ? decideTrinityEntry(input, signals) : holdForWarmUp(input, market, signals.candle);
  }
  const exits = readTrinityExits(signals, input.settings, input.position);
  const exit = exits.find(({ reading }) => reading.met === true);
  if (exit) return closePosition({ ...input, position: input.position }, signals, { exits, rule: exit.rule });
  if (!isWarm) return holdForWarmUp(input, market, signals.candle);
  const text = `the ${input.position.side} stays open: no exit rule holds`;
  const reason = { code: "position-open" as const, text };
  return holdDecision<TrinityReason>(input.pair, reason, describePosition(signals, input.position, exits));
};

const holdForWarmUp = (input: TrinityInput, market: TrinityMarket, candle: Candle | null): Decision => {
  const { length } = market.candles;
  const text = `${length} closed ${market.timeframe} candles since the last outage are there, ${trinityCandlesNeeded()} are needed`;
  return holdDecision<TrinityReason>(
    input.pair,
    { code: "warming-up", text },
    { decidedCandle: candle?.openTime ?? null },
  );
};

const EXIT_TEXT: Record<TrinityExitRule, string> = {
  supertrend: "Supertrend turned against it",
  sma200: "the close crossed SMA200 against it",
  rsi: "RSI14 is stretched its way",
};

/** Closes the whole position, so it has no size and no prices. */
const closePosition = (
  input: TrinityInput & { readonly position: HeldPosition },
  signals: TrinitySignals,
  { exits, rule }: { readonly exits: readonly TrinityExitReading[]; readonly rule: TrinityExitRule },
): Decision => {
  const { pair, position } = input;
  const reason = { code: `exit-${rule}` as const, text: `the ${position.side} is closed: ${EXIT_TEXT[rule]}` };
  const details = describePosition(signals, position, exits);
  return { ...holdDecision<TrinityReason>(pair, reason, details), action: "close", side: position.side };
};

/** The score shown beside an open position is that of its own side. */
const describePosition = (
  signals: TrinitySignals,
  { side }: HeldPosition,
  exits: readonly TrinityExitReading[],
): Pick<Decision, "decidedCandle" | "score" | "scores" | "evidence"> => {
  const scores = scoreTrinitySides(signals);
  const evidence = [...evidenceOfBoth(scores), ...exitEvidence(exits, side)];
  return {
    decidedCandle: signals.candle.openTime,
    score: scores[side].score,
    scores: { long: scores.long.score, short: scores.short.score },
    evidence,
  };
};
