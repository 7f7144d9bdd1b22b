import { candleCloseTime, type Candle } from "../market/candle";
import type { Timeframe } from "../market/timeframe";
import { decimal, Decimal, maxOf, minOf, priceToMoney } from "../money";
import { planParts, type ExitPlan, type PlannedCondition } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import type { TrailReading } from "../portfolio/trail-reading";

type Moved = Pick<PlannedPosition, "stopLoss" | "exitPlan">;
type StopBy = ExitPlan["stopBy"];

type NewStop = { readonly level: Decimal; readonly stopBy: StopBy; readonly at: number };

/** The plan without legs of the entry that a stop comes before: they are never entered, and nothing is kept for them. */
const dropBeyond = (plan: ExitPlan, side: PlannedPosition["side"], level: Decimal): ExitPlan => {
  const isBefore = (price: string): boolean => (side === "long" ? level.lt(price) : level.gt(price));
  const entryLegs = plan.entryLegs.filter(({ price }) => isBefore(price));
  if (entryLegs.length === plan.entryLegs.length) return plan;
  const dropped = plan.entryLegs.filter(({ price }) => !isBefore(price));
  return { ...plan, entryLegs, droppedLegs: [...plan.droppedLegs, ...dropped] };
};

/**
 * The stop at a level, where that protects more than the present one: a stop never goes back. Legs that it comes before
 * are dropped.
 */
const tighten = (position: PlannedPosition, { level, stopBy, at }: NewStop): PlannedPosition => {
  const { side, stopLoss, exitPlan } = position;
  const isTighter = stopLoss === null || (side === "long" ? level.gt(stopLoss) : level.lt(stopLoss));
  if (!isTighter) return position;
  const trailLevel = stopBy === "trailing-stop" ? level.toFixed() : exitPlan.trailLevel;
  const plan = dropBeyond(exitPlan, side, level);
  return { ...position, stopLoss: level, exitPlan: { ...plan, stopBy, trailLevel, stopMovedAt: at } };
};

/**
 * The position at the open of a candle: with the stop where its trader ordered it before, also where that protects less.
 * Legs of the entry that the stop comes before are dropped.
 */
export const takeOrderedStop = (position: PlannedPosition, openTime: number): PlannedPosition => {
  const { side, exitPlan } = position;
  const { stopOrdered } = exitPlan;
  if (stopOrdered === null || openTime < stopOrdered.at) return position;
  const level = decimal(stopOrdered.level);
  const plan = dropBeyond({ ...exitPlan, stopOrdered: null }, side, level);
  return { ...position, stopLoss: level, exitPlan: { ...plan, stopBy: "stop-loss", stopMovedAt: openTime } };
};

/**
 * The position at the open of a candle: with the exits that its trader ordered before. What was reached by the ones before
 * does not count for them.
 */
export const takeOrderedExits = (position: PlannedPosition, openTime: number, lot: Decimal): PlannedPosition => {
  const { side, exitPlan } = position;
  const { exitsOrdered } = exitPlan;
  if (exitsOrdered === null || openTime < exitsOrdered.at) return position;
  const { stopLoss, takeProfit, targets, breakEven, trail, timeExitAt } = exitsOrdered;
  const renewed = { breakEven, trail, timeExitAt, exitsOrdered: null, best: null, trailLevel: null };
  const plan = { ...exitPlan, ...renewed, remainingLegs: planParts(targets, position, lot) };
  const held = {
    ...position,
    exitPlan: plan,
    takeProfit: takeProfit === null ? position.takeProfit : decimal(takeProfit),
  };
  if (stopLoss === null) return held;
  const level = decimal(stopLoss);
  const stopped = { ...dropBeyond(plan, side, level), stopBy: "stop-loss" as const, stopMovedAt: openTime };
  return { ...held, stopLoss: level, exitPlan: stopped };
};

/** On the tick, away from the price, so that a stop is never nearer than asked for. Never below one tick. */
const stopOnTick = ({ side }: PlannedPosition, level: Decimal, tick: Decimal): Decimal =>
  maxOf(level.toNearest(tick, side === "long" ? Decimal.ROUND_DOWN : Decimal.ROUND_UP), tick);

const hasReached = ({ side }: PlannedPosition, best: Decimal, price: string | null): boolean =>
  price === null || (side === "long" ? best.gte(price) : best.lte(price));

/** The price of a candle that is best for a position. */
const bestOf = ({ side }: PlannedPosition, { high, low }: Candle): Decimal =>
  priceToMoney(side === "long" ? high : low);

/** Whether the stop of the plan follows the best price, or waits for it to begin. */
export const watchesBest = ({ trail }: ExitPlan): boolean =>
  trail !== null && (trail.by === "percent" || trail.from !== null);

const moveBest = (position: PlannedPosition, candle: Candle): PlannedPosition => {
  const { side, exitPlan, entryPrice } = position;
  if (!watchesBest(exitPlan)) return position;
  const before = exitPlan.best === null ? entryPrice : decimal(exitPlan.best);
  const best = (side === "long" ? maxOf : minOf)(before, bestOf(position, candle));
  return { ...position, exitPlan: { ...exitPlan, best: best.toFixed() } };
};

/** By a candle's own best price, not that since the entry: legs lower the gain to wait for, perhaps below what was. */
const moveToBreakEven = (position: PlannedPosition, best: Decimal, at: number): PlannedPosition => {
  const { breakEven } = position.exitPlan;
  if (breakEven === null || !hasReached(position, best, breakEven.at)) return position;
  const moved = tighten(position, { level: decimal(breakEven.level), stopBy: "break-even", at });
  return { ...moved, exitPlan: { ...moved.exitPlan, breakEven: null } };
};

const beginTrailing = (position: PlannedPosition): PlannedPosition => {
  const { best, trail } = position.exitPlan;
  if (trail === null || trail.from === null || best === null || !hasReached(position, decimal(best), trail.from)) {
    return position;
  }
  return { ...position, exitPlan: { ...position.exitPlan, trail: { ...trail, from: null } } };
};

const trailByPercent = (position: PlannedPosition, tick: Decimal, at: number): PlannedPosition => {
  const { best, trail } = position.exitPlan;
  if (trail?.by !== "percent" || trail.from !== null || best === null) return position;
  const factor = decimal(1).plus(decimal(trail.distance).times(position.side === "long" ? -1 : 1));
  const level = stopOnTick(position, decimal(best).times(factor), tick);
  return tighten(position, { level, stopBy: "trailing-stop", at });
};

type Closed = { readonly close: Decimal; readonly at: number };

/** A condition after a close: met, or as it stands then; null: it can no longer be met. */
const meetCondition = (
  condition: PlannedCondition,
  { close, at }: Closed,
  side: PlannedPosition["side"],
): PlannedCondition | "met" | null => {
  if (condition.on === "close") {
    const isBeyond = condition.operator === "<" ? close.lt(condition.price) : close.gt(condition.price);
    const seen = isBeyond ? condition.seen + 1 : 0;
    return seen >= condition.candles ? "met" : { ...condition, seen };
  }
  if (at < condition.at) return condition;
  const hasCome = side === "long" ? close.gte(condition.unlessPrice) : close.lte(condition.unlessPrice);
  return hasCome ? null : "met";
};

const meetConditions = (position: PlannedPosition, closed: Closed): PlannedPosition => {
  const { exitPlan, side } = position;
  if (exitPlan.conditions.length === 0) return position;
  const met = exitPlan.conditions.map((condition) => meetCondition(condition, closed, side));
  const conditions = met.filter((each) => each !== "met" && each !== null);
  const pending = met.includes("met") ? "invalidation" : exitPlan.pending;
  return { ...position, exitPlan: { ...exitPlan, conditions, pending } };
};

type Moving = {
  readonly timeframe: Timeframe;
  readonly tick: Decimal;
  /** Whether the candle entered a leg: of its prices only the close surely came after it. */
  readonly hasGrown: boolean;
};

/**
 * Moves the levels of a position that a candle left open, as of its close: the order of prices inside the candle is
 * unknown, so its own best price protects from the next candle on. Break-even first, then the trail by percent, then
 * the conditions that prove the position wrong.
 */
export const moveLevels = (position: PlannedPosition, candle: Candle, { timeframe, tick, hasGrown }: Moving): Moved => {
  const closed = { close: priceToMoney(candle.close), at: candleCloseTime(candle, timeframe) };
  const best = hasGrown ? closed.close : bestOf(position, candle);
  const reached = beginTrailing(moveToBreakEven(moveBest(position, candle), best, closed.at));
  const { stopLoss, exitPlan } = meetConditions(trailByPercent(reached, tick, closed.at), closed);
  return { stopLoss, exitPlan };
};

const trailLevelOf = (position: PlannedPosition, { close, atr14, supertrend }: TrailReading): Decimal | null => {
  const { side, exitPlan } = position;
  const { trail } = exitPlan;
  if (trail?.by === "atr" && atr14 !== null) {
    const away = decimal(trail.multiple).times(atr14);
    return side === "long" ? priceToMoney(close).minus(away) : priceToMoney(close).plus(away);
  }
  const isWith = supertrend !== null && supertrend.direction === (side === "long" ? "up" : "down");
  return trail?.by === "supertrend" && isWith ? priceToMoney(supertrend.value) : null;
};

/**
 * A stop that trails by an indicator, moved at the close of a decision candle. It protects from then on: candles that
 * closed before are settled already. Unknown readings move nothing.
 */
export const trailByIndicator = <Held extends PlannedPosition>(
  position: Held,
  reading: TrailReading,
  tick: Decimal,
): Held => {
  const { trail } = position.exitPlan;
  if (trail === null || trail.by === "percent" || trail.from !== null) return position;
  const level = trailLevelOf(position, reading);
  if (level === null || level.lte(0)) return position;
  const stop = { level: stopOnTick(position, level, tick), stopBy: "trailing-stop", at: position.markedAt } as const;
  const { stopLoss, exitPlan } = tighten(position, stop);
  return { ...position, stopLoss, exitPlan };
};
