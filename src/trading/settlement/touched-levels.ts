import type { Candle } from "../market/candle";
import { secondOf } from "../execution/matching";
import { decimal, priceToMoney, type Decimal } from "../money";
import type { ProtectiveKind } from "../portfolio/exit-reason";
import type { PlannedPosition, Position } from "../portfolio/position";
import { liquidationPrice } from "./liquidation";

/**
 * A level that a candle reached, and how much of the position leaves there, or enters it at a leg of its entry.
 * `isPart`: it was a part's own target.
 */
export type Touch = {
  readonly kind: ProtectiveKind | "entry-leg";
  readonly level: Decimal;
  readonly quantity: Decimal;
  readonly isPart: boolean;
};

type Adverse = { readonly isLiquidation: boolean; readonly level: Decimal };

/** The level that an adverse move reaches first: the stop, unless the venue liquidates before it. */
export const nearestAdverse = (
  position: Pick<Position, "side" | "entryPrice" | "leverage" | "stopLoss"> &
    Partial<Pick<Position, "quantity" | "matching">>,
): Adverse => {
  const liquidation = { isLiquidation: true, level: liquidationPrice(position) };
  const level = position.stopLoss;
  if (level === null) return liquidation;
  const isBehind = position.side === "long" ? level.lt(liquidation.level) : level.gt(liquidation.level);
  return isBehind ? liquidation : { isLiquidation: false, level };
};

/** What triggers see of a candle. A smoothed mark price has no wicks: of it only the open and the close are known. */
export const seenCandle = ({ matching }: Pick<Position, "matching">, candle: Candle): Candle => {
  if (secondOf(matching)?.triggerBy !== "mark") return candle;
  const { open, close } = candle;
  return { ...candle, high: Math.max(open, close), low: Math.min(open, close) };
};

const whole = (position: PlannedPosition, kind: ProtectiveKind, level: Decimal): Touch => ({
  kind,
  level,
  quantity: position.quantity,
  isPart: false,
});

/** Whether a price is at a level or beyond it, on the side against the position or with it. */
const reaches = ({ side }: Position, price: Decimal, { level, adverse }: { level: Decimal | null; adverse: boolean }) =>
  level !== null && ((side === "long") === adverse ? price.lte(level) : price.gte(level));

/** What closes a position at the open of a candle, the first price available, whatever happens inside it. */
const closesAtOpen = (position: PlannedPosition, candle: Candle, open: Decimal): ProtectiveKind | null => {
  const { stopLoss, exitPlan } = position;
  if (reaches(position, open, { level: liquidationPrice(position), adverse: true })) return "liquidation";
  if (reaches(position, open, { level: stopLoss, adverse: true })) return exitPlan.stopBy;
  if (exitPlan.closeOrderedAt !== null && candle.openTime >= exitPlan.closeOrderedAt) return "by-hand";
  if (exitPlan.pending !== null) return exitPlan.pending;
  return exitPlan.timeExitAt !== null && candle.openTime >= exitPlan.timeExitAt ? "time-exit" : null;
};

/** The targets that a price reaches: parts first, nearest first, then the position's own for what is left. */
const targetsReached = (
  position: PlannedPosition,
  price: Decimal,
  fillAt: (target: Decimal) => Decimal,
): { readonly touches: Touch[]; readonly left: Decimal } => {
  const touches: Touch[] = [];
  let left = position.quantity;
  for (const part of position.exitPlan.remainingLegs) {
    const target = decimal(part.target);
    if (left.isZero() || !reaches(position, price, { level: target, adverse: false })) break;
    const isRest = left.lte(part.quantity);
    const quantity = isRest ? left : decimal(part.quantity);
    touches.push({ kind: isRest ? "take-profit" : "partial-target", level: fillAt(target), quantity, isPart: true });
    left = left.minus(quantity);
  }
  const { takeProfit } = position;
  if (takeProfit === null || left.isZero() || !reaches(position, price, { level: takeProfit, adverse: false })) {
    return { touches, left };
  }
  return {
    touches: [...touches, { kind: "take-profit", level: fillAt(takeProfit), quantity: left, isPart: false }],
    left: left.minus(left),
  };
};

/** What is left of a position of which parts have left: nothing more is entered. */
const restOf = (position: PlannedPosition, filled: readonly Touch[], left: Decimal): PlannedPosition => ({
  ...position,
  quantity: left,
  exitPlan: {
    ...position.exitPlan,
    remainingLegs: position.exitPlan.remainingLegs.slice(filled.filter(({ isPart }) => isPart).length),
    entryLegs: [],
  },
});

type Path = { readonly touches: Touch[]; readonly position: PlannedPosition };

/** The position with the next leg of its entry filled, as far as it is: the average price moves the liquidation. */
export type EnterLeg = (position: PlannedPosition, touch: Touch) => PlannedPosition;

/** The legs that a move against the position to `price` enters before its stop, in order; `at` null: each at its level. */
const enterLegs = (
  before: PlannedPosition,
  { price, at, enter }: { readonly price: Decimal; readonly at: Decimal | null; readonly enter: EnterLeg },
): Path => {
  let position = before;
  const touches: Touch[] = [];
  for (const leg of before.exitPlan.entryLegs) {
    const level = decimal(leg.price);
    const adverse = nearestAdverse(position);
    const isNearer = position.side === "long" ? level.gt(adverse.level) : level.lt(adverse.level);
    if (!isNearer || !reaches(position, price, { level, adverse: true })) break;
    const touch: Touch = { kind: "entry-leg", level: at ?? level, quantity: decimal(leg.quantity), isPart: false };
    touches.push(touch);
    position = enter(position, touch);
  }
  return { touches, position };
};

/**
 * The adverse side wins inside a candle, because the order in it is unknown: on the way to the stop the legs before it
 * are entered. Where a target and only legs are reached, the target comes first, and nothing more is entered.
 */
const touchedInside = (position: PlannedPosition, candle: Candle, enter: EnterLeg): Touch[] => {
  const isLong = position.side === "long";
  const [low, high] = [priceToMoney(candle.low), priceToMoney(candle.high)];
  const [against, along] = isLong ? [low, high] : [high, low];
  const path = enterLegs(position, { price: against, at: null, enter });
  const { isLiquidation, level } = nearestAdverse(path.position);
  if (reaches(position, against, { level, adverse: true })) {
    const kind = isLiquidation ? "liquidation" : position.exitPlan.stopBy;
    return [...path.touches, whole(path.position, kind, level)];
  }
  const { touches } = targetsReached(position, along, (target) => target);
  return touches.length > 0 ? touches : path.touches;
};

/**
 * What leaves a position in a candle or enters it, in order: all of it or what its targets take at the open, or the legs
 * of its entry, where the open is beyond a level already, then what the range reaches. Once a part has left, no leg is
 * entered any more. Empty: nothing.
 */
export const touchedLevels = (position: PlannedPosition, candle: Candle, enter: EnterLeg): Touch[] => {
  const open = priceToMoney(candle.open);
  const kind = closesAtOpen(position, candle, open);
  if (kind !== null) return [whole(position, kind, open)];
  const { touches, left } = targetsReached(position, open, () => open);
  if (left.isZero()) return touches;
  if (touches.length > 0) return [...touches, ...touchedInside(restOf(position, touches, left), candle, enter)];
  const entered = enterLegs(position, { price: open, at: open, enter });
  return [...entered.touches, ...touchedInside(entered.position, candle, enter)];
};
