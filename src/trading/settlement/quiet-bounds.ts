import type { Candle } from "../market/candle";
import type { ExitPlan } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import { watchesBest } from "./move-levels";
import { nearestAdverse } from "./touched-levels";

/** A candle that stays inside and opens before `until` (ms) neither closes any of a position nor moves a level. */
export type QuietBounds = { readonly low: number; readonly high: number; readonly until: number };

/** Wider than a double's rounding: a price that might touch is looked at exactly. */
const CAUTION = 1e-12;

/** Never inside. */
const NONE: QuietBounds = {
  low: Number.POSITIVE_INFINITY,
  high: Number.NEGATIVE_INFINITY,
  until: Number.NEGATIVE_INFINITY,
};

type Level = string | { toString(): string } | null | undefined;
const numbersOf = (levels: readonly Level[]): number[] =>
  levels.flatMap((level) => (level === null || level === undefined ? [] : [Number(level.toString())]));

/** Prices of closes that count, below and above. */
const conditionLevels = ({ conditions }: ExitPlan, operator: "<" | ">"): string[] =>
  conditions.flatMap((each) => (each.on === "close" && each.operator === operator ? [each.price] : []));

const isWaiting = ({ pending, conditions }: ExitPlan): boolean =>
  pending !== null || conditions.some((each) => each.on === "time" || each.seen > 0);

/** When time alone changes something next, ms. */
const nextChangeOf = ({ timeExitAt, closeOrderedAt, stopOrdered, exitsOrdered }: ExitPlan): number =>
  Math.min(
    ...[timeExitAt, closeOrderedAt, stopOrdered?.at, exitsOrdered?.at].map((at) => at ?? Number.POSITIVE_INFINITY),
  );

/**
 * The range inside which a settlement candle changes nothing but the mark, so that most candles need no exact
 * arithmetic.
 */
export const quietBounds = (position: PlannedPosition): QuietBounds => {
  const { side, takeProfit, exitPlan, entryPrice } = position;
  if (isWaiting(exitPlan)) return NONE;
  const adverse = [nearestAdverse(position).level, exitPlan.entryLegs[0]?.price];
  const best = watchesBest(exitPlan) ? (exitPlan.best ?? entryPrice) : null;
  const favourable = [takeProfit, exitPlan.remainingLegs[0]?.target, exitPlan.breakEven?.at, best];
  const isLong = side === "long";
  const below = numbersOf([...(isLong ? adverse : favourable), ...conditionLevels(exitPlan, "<")]);
  const above = numbersOf([...(isLong ? favourable : adverse), ...conditionLevels(exitPlan, ">")]);
  return {
    low: Math.max(...below) * (1 + CAUTION),
    high: Math.min(...above) * (1 - CAUTION),
    until: nextChangeOf(exitPlan),
  };
};

export const isQuiet = ({ low, high, openTime }: Candle, bounds: QuietBounds): boolean =>
  low > bounds.low && high < bounds.high && openTime < bounds.until;
