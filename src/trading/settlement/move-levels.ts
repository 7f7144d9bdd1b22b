import { candleCloseTime, type Candle } from "../market/candle";
import type { Timeframe } from "../market/timeframe";
import { decimal, Decimal, maxOf, minOf, priceToMoney } from "../money";
import type { ExitPlan, PlannedCondition } from "../portfolio/exit-plan";
import type { PlannedPosition } from "../portfolio/position";
import type { TrailReading } from "../portfolio/trail-reading";

type Moved = Pick<PlannedPosition, "stopLoss" | "exitPlan">;
type StopBy = ExitPlan["stopBy"];

/** Legs of the entry that the price still reaches before a stop. */
const legsBefore = ({ side, exitPlan }: PlannedPosition, level: Decimal): ExitPlan["entryLegs"] =>
  exitPlan.entryLegs.filter(({ price }) => (side === "long" ? level.lt(price) : level.gt(price)));

/**
 * The stop at a level, where that protects more than the present one: a stop never goes back. Legs that it comes before
 * are never entered, so nothing is kept back for them.
 */
const tighten = (position: PlannedPosition, level: Decimal, stopBy: StopBy): PlannedPosition => {
  const { side, stopLoss, exitPlan } = position;
  const isTighter = stopLoss === null || (side === "long" ? level.gt(stopLoss) : level.lt(stopLoss));
  if (!isTighter) return position;
  const trailLevel = stopBy === "trailing-stop" ? level.toFixed() : exitPlan.trailLevel;
  const entryLegs = legsBefore(position, level);
  return { ...position, stopLoss: level, exitPlan: { ...exitPlan, stopBy, trailLevel, entryLegs } };
};

/** On the tick, away from the price, so that a stop is never nearer than asked for. Never below one tick. */
const stopOnTick = ({ side }: PlannedPosition, level: Decimal, tick: Decimal): Decimal =>
  maxOf(level.toNearest(tick, side === "long" ? Decimal.ROUND_DOWN : Decimal.ROUND_UP), tick);

const hasReached = ({ side }: PlannedPosition, best: Decimal, price: string | null): boolean =>
  price === null || (side === "long" ? best.gte(price) : best.lte(price));

/** Whether anything of the plan waits for the best price. */
export const watchesBest = ({ breakEven, trail }: ExitPlan): boolean =>
  breakEven !== null || (trail !== null && (trail.by === "percent" || trail.from !== null));

const moveBest = (position: PlannedPosition, candle: Candle): PlannedPosition => {
  const { side, exitPlan, entryPrice } = position;
  if (!watchesBest(exitPlan)) return position;
  const before = exitPlan.best === null ? entryPrice : decimal(exitPlan.best);
  const best = side === "long" ? maxOf(before, priceToMoney(candle.high)) : minOf(before, priceToMoney(candle.low));
  return { ...position, exitPlan: { ...exitPlan, best: best.toFixed() } };
};

const moveToBreakEven = (position: PlannedPosition): PlannedPosition => {
  const { best, breakEven } = position.exitPlan;
  if (best === null || breakEven === null || !hasReached(position, decimal(best), breakEven.at)) return position;
  const moved = tighten(position, decimal(breakEven.level), "break-even");
  return { ...moved, exitPlan: { ...moved.exitPlan, breakEven: null } };
};

const beginTrailing = (position: PlannedPosition): PlannedPosition => {
  const { best, trail } = position.exitPlan;
  if (trail === null || trail.from === null || best === null || !hasReached(position, decimal(best), trail.from)) {
    return position;
  }
  return { ...position, exitPlan: { ...position.exitPlan, trail: { ...trail, from: null } } };
};

const trailByPercent = (position: PlannedPosition, tick: Decimal): PlannedPosition => {
  const { best, trail } = position.exitPlan;
  if (trail?.by !== "percent" || trail.from !== null || best === null) return position;
  const factor = decimal(1).plus(decimal(trail.distance).times(position.side === "long" ? -1 : 1));
  return tighten(position, stopOnTick(position, decimal(best).times(factor), tick), "trailing-stop");
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

/**
 * Moves the levels of a position that a candle left open, as of its close: the order of prices inside the candle is
 * unknown, so its own best price protects from the next candle on. Break-even first, then the trail by percent, then
 * the conditions that prove the position wrong.
 */
export const moveLevels = (
  position: PlannedPosition,
  candle: Candle,
  { timeframe, tick }: { readonly timeframe: Timeframe; readonly tick: Decimal },
): Moved => {
  const reached = beginTrailing(moveToBreakEven(moveBest(position, candle)));
  const closed = { close: priceToMoney(candle.close), at: candleCloseTime(candle, timeframe) };
  const { stopLoss, exitPlan } = meetConditions(trailByPercent(reached, tick), closed);
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
  const { stopLoss, exitPlan } = tighten(position, stopOnTick(position, level, tick), "trailing-stop");
  return { ...position, stopLoss, exitPlan };
};
