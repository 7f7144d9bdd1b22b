import type { PositionSide } from "../../../portfolio/position-side";
import type { Evidence } from "../../basis/decision";
import { compare, crossing, type ConditionReading } from "./condition-reading";
import { toEvidence } from "./score-trinity-side";
import type { TrinitySettings } from "./trinity-settings";
import type { TrailPoint, TrinitySignals } from "./trinity-signals";

export type TrinityExitRule = "supertrend" | "sma200" | "rsi";

export type TrinityExitReading = { readonly rule: TrinityExitRule; readonly reading: ConditionReading };

/** What the exit rules read. */
export type ExitSignals = Pick<TrinitySignals, "candle" | "rsi14" | "sma200" | "trail">;

const RSI_EXIT_LONG = 75;
const RSI_EXIT_SHORT = 25;

/** 1 when the candle is on the position's side of the rule's line, -1 against it, 0 on the line; null is unknown. */
type Standing = (point: TrailPoint, side: PositionSide) => number | null;

const supertrendStanding: Standing = ({ supertrend }, side) =>
  supertrend && ((supertrend.direction === "up") === (side === "long") ? 1 : -1);

const sma200Standing: Standing = ({ close, sma200 }, side) =>
  sma200 === null ? null : Math.sign(close - sma200) * (side === "long" ? 1 : -1);

/**
 * The exit rules that are switched on, for a position of `side` opened at `openedAt` (ms UTC). Supertrend and SMA200
 * count a turn at any candle since the position was opened, so a missed cycle loses none; it must still hold now.
 */
export const readTrinityExits = (
  signals: ExitSignals,
  settings: TrinitySettings,
  position: { readonly side: PositionSide; readonly openedAt: number },
): readonly TrinityExitReading[] => {
  const held = pointsSince(signals.trail, position.openedAt);
  return readRules(signals, settings, {
    side: position.side,
    supertrend: hasTurned(held, supertrendStanding, position.side),
    sma200: hasTurned(held, sma200Standing, position.side),
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
  const last = signals.trail.at(-1);
  const isAgainst = (standing: Standing): boolean | null => {
    const now = last ? standing(last, side) : null;
    return now === null ? null : now < 0;
  };
  const verdicts = { side, supertrend: isAgainst(supertrendStanding), sma200: isAgainst(sma200Standing) };
  return readRules(signals, settings, verdicts);
};

/** The exits as evidence. They have no weight in the score. */
export const exitEvidence = (exits: readonly TrinityExitReading[], side: PositionSide): Evidence[] =>
  exits.map(({ rule, reading }) =>
    toEvidence(reading, { side, category: "exit", condition: rule, weight: 0, contribution: 0 }),
  );

type Verdicts = { readonly side: PositionSide; readonly supertrend: boolean | null; readonly sma200: boolean | null };

const readRules = (
  { candle, rsi14, sma200, trail }: ExitSignals,
  settings: TrinitySettings,
  verdicts: Verdicts,
): readonly TrinityExitReading[] => {
  const { side } = verdicts;
  const against = side === "long" ? "short" : "long";
  const band = trail.at(-1)?.supertrend?.value ?? null;
  const exits: TrinityExitReading[] = [];
  if (settings.exitOnSupertrend) {
    const reading = crossing(against, { value: candle.close, threshold: band }, verdicts.supertrend);
    exits.push({ rule: "supertrend", reading });
  }
  if (settings.exitOnSma200) {
    const reading = crossing(against, { value: candle.close, threshold: sma200 }, verdicts.sma200);
    exits.push({ rule: "sma200", reading });
  }
  if (settings.exitOnRsi) {
    const reading = side === "long" ? compare(rsi14, ">", RSI_EXIT_LONG) : compare(rsi14, "<", RSI_EXIT_SHORT);
    exits.push({ rule: "rsi", reading });
  }
  return exits;
};

/** The points from the last candle closed at `openedAt` on; all of them when the trail begins later. */
const pointsSince = (trail: readonly TrailPoint[], openedAt: number): readonly TrailPoint[] => {
  const closedAfter = trail.findIndex((point) => point.closeTime > openedAt);
  return trail.slice(closedAfter === -1 ? -1 : Math.max(0, closedAfter - 1));
};

const hasTurned = (held: readonly TrailPoint[], standing: Standing, side: PositionSide): boolean | null => {
  const standings = held.map((point) => standing(point, side));
  const now = standings.at(-1);
  if (now === null || now === undefined) return null;
  return now < 0 && standings.some((earlier) => earlier !== null && earlier > 0);
};
