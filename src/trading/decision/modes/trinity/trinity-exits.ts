import type { PositionSide } from "../../../portfolio/position-side";
import type { Evidence } from "../../basis/decision";
import { compare, crossing, toEvidence, type ConditionReading } from "../../basis/condition-reading";
import type { ExitSignals } from "./trinity-readings";
import type { TrinitySettings } from "./trinity-settings";
import { hasTurnedAgainst, isAgainst } from "./trinity-turns";

export type TrinityExitRule = "supertrend" | "sma200" | "rsi";

export type TrinityExitReading = { readonly rule: TrinityExitRule; readonly reading: ConditionReading };

const RSI_EXIT_LONG = 75;
const RSI_EXIT_SHORT = 25;

/**
 * The exit rules that are switched on, for a position of `side` opened at `openedAt` (ms UTC). Supertrend and SMA200
 * count a turn at any candle since the position was opened, so a missed cycle loses none; it must still hold now.
 */
export const readTrinityExits = (
  signals: ExitSignals,
  settings: TrinitySettings,
  position: { readonly side: PositionSide; readonly openedAt: number },
): readonly TrinityExitReading[] => {
  const { supertrend, sma200 } = signals.turns;
  return readRules(signals, settings, {
    side: position.side,
    supertrend: hasTurnedAgainst(supertrend, position),
    sma200: hasTurnedAgainst(sma200, position),
  });
};

/**
 * The same rules for an entry at the last candle: no position is opened that its own exit rule already speaks against.
 * Here Supertrend and SMA200 count by where the candle is, without a turn.
 */
export const readTrinityEntryBlocks = (
  signals: ExitSignals,
  settings: TrinitySettings,
  side: PositionSide,
): readonly TrinityExitReading[] => {
  const { supertrend, sma200 } = signals.turns;
  const verdicts = { side, supertrend: isAgainst(supertrend, side), sma200: isAgainst(sma200, side) };
  return readRules(signals, settings, verdicts);
};

/** The exits as evidence. They have no weight in the score. */
export const exitEvidence = (exits: readonly TrinityExitReading[], side: PositionSide): Evidence[] =>
  exits.map(({ rule, reading }) =>
    toEvidence(reading, { side, category: "exit", condition: rule, weight: 0, contribution: 0 }),
  );

type Verdicts = { readonly side: PositionSide; readonly supertrend: boolean | null; readonly sma200: boolean | null };

const readRules = (
  { close, rsi14, sma200, supertrend }: ExitSignals,
  settings: TrinitySettings,
  verdicts: Verdicts,
): readonly TrinityExitReading[] => {
  const { side } = verdicts;
  const against = side === "long" ? "short" : "long";
  const exits: TrinityExitReading[] = [];
  if (settings.exitOnSupertrend) {
    const reading = crossing(against, { value: close, threshold: supertrend }, verdicts.supertrend);
    exits.push({ rule: "supertrend", reading });
  }
  if (settings.exitOnSma200) {
    const reading = crossing(against, { value: close, threshold: sma200 }, verdicts.sma200);
    exits.push({ rule: "sma200", reading });
  }
  if (settings.exitOnRsi) {
    const reading = side === "long" ? compare(rsi14, ">", RSI_EXIT_LONG) : compare(rsi14, "<", RSI_EXIT_SHORT);
    exits.push({ rule: "rsi", reading });
  }
  return exits;
};
