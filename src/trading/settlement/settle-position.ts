import { candleCloseTime, type Candle } from "../market/candle";
import { candleValueOf } from "../market/candle-value";
import type { Timeframe } from "../market/timeframe";
import { priceToMoney, toMoney, type Decimal } from "../money";
import type { ProtectiveKind } from "../portfolio/exit-reason";
import type { ExitPlan } from "../portfolio/exit-plan";
import type { PlannedPosition, Position } from "../portfolio/position";
import { feeOf } from "../execution/fees";
import { exitSideOf, fillMarketOrder, type MarketFill } from "../execution/fill-market-order";
import { bankruptcyPrice, liquidationPrice } from "./liquidation";

/** A protective exit: filled at the open time (ms) of the candle that touched its level, known at its close. */
type ProtectiveExit = {
  readonly kind: ProtectiveKind;
  readonly filledAt: number;
  readonly knownAt: number;
  readonly fill: MarketFill;
};

/** The part of a position that settling moves. */
export type Settled = {
  readonly exit: ProtectiveExit | null;
  readonly settledThrough: number;
  readonly mark: Decimal;
  readonly markedAt: number;
  readonly exitPlan: ExitPlan;
};

export type SettlementTerms = {
  readonly timeframe: Timeframe;
  readonly tick: Decimal;
  readonly takerFeeRate: Decimal;
};

type Touch = { readonly kind: ProtectiveKind; readonly level: Decimal };

/** The level that the candle's open is already beyond: the exit then fills at the open, the first price available. */
const touchedAtOpen = (position: Position, open: Decimal): Touch | null => {
  const isBeyond = (level: Decimal | null, adverse: boolean): boolean =>
    level !== null && ((position.side === "long") === adverse ? open.lte(level) : open.gte(level));
  if (isBeyond(liquidationPrice(position), true)) return { kind: "liquidation", level: open };
  if (isBeyond(position.stopLoss, true)) return { kind: "stop-loss", level: open };
  if (isBeyond(position.takeProfit, false)) return { kind: "take-profit", level: open };
  return null;
};

/** The level that an adverse move reaches first: the stop, unless the venue liquidates before it. */
export const nearestAdverse = (position: Pick<Position, "side" | "entryPrice" | "leverage" | "stopLoss">): Touch => {
  const liquidation: Touch = { kind: "liquidation", level: liquidationPrice(position) };
  const level = position.stopLoss;
  if (level === null) return liquidation;
  const isBehind = position.side === "long" ? level.lt(liquidation.level) : level.gt(liquidation.level);
  return isBehind ? liquidation : { kind: "stop-loss", level };
};

/** The level that the candle's range reaches. The adverse side wins, because the order inside a candle is unknown. */
const touchedInside = (position: Position, candle: Candle): Touch | null => {
  const isLong = position.side === "long";
  const [low, high] = [priceToMoney(candle.low), priceToMoney(candle.high)];
  const adverse = nearestAdverse(position);
  if (isLong ? low.lte(adverse.level) : high.gte(adverse.level)) return adverse;
  const { takeProfit } = position;
  const isReached = takeProfit !== null && (isLong ? high.gte(takeProfit) : low.lte(takeProfit));
  return isReached ? { kind: "take-profit", level: takeProfit } : null;
};

/** Isolated margin: the venue's insurance pays for losses beyond the bankruptcy price, so no exit fills beyond it. */
const fillTouch = (
  position: Position,
  touch: Touch,
  { candle, tick, takerFeeRate }: Omit<SettlementTerms, "timeframe"> & { readonly candle: Candle },
): MarketFill => {
  const { quantity, side } = position;
  const bound = bankruptcyPrice(position, tick);
  const isBeyond = (price: Decimal): boolean => (side === "long" ? price.lt(bound) : price.gt(bound));
  const referencePrice = isBeyond(touch.level) ? bound : touch.level;
  const candleValue = candleValueOf(candle);
  const fill = fillMarketOrder({ side: exitSideOf(side), quantity, tick, takerFeeRate, referencePrice, candleValue });
  if (!isBeyond(fill.price)) return fill;
  const slippage = toMoney(bound.minus(referencePrice).abs().times(quantity));
  return { ...fill, price: bound, fee: feeOf(bound, quantity, takerFeeRate), slippage };
};

const settleCandle = (position: PlannedPosition, candle: Candle, terms: SettlementTerms): Settled => {
  const touch = touchedAtOpen(position, priceToMoney(candle.open)) ?? touchedInside(position, candle);
  const knownAt = candleCloseTime(candle, terms.timeframe);
  const close = priceToMoney(candle.close);
  const exit = touch && {
    kind: touch.kind,
    filledAt: candle.openTime,
    knownAt,
    fill: fillTouch(position, touch, { ...terms, candle }),
  };
  return { exit, settledThrough: knownAt, mark: close, markedAt: knownAt, exitPlan: position.exitPlan };
};

/**
 * Stops, targets and liquidation over the finest candles since the last settlement, as one fold (TRADING 7):
 * settle(a..c) = settle(a..b) then settle(b..c), so its result does not depend on when or how often it runs. A gap
 * fills at the open; the stop comes before the target when one candle touches both. `candles` ascend; those before
 * `settledThrough` or not closed at `time` (ms) are left out. Ends at the first exit.
 */
export const settlePosition = (
  position: PlannedPosition,
  candles: readonly Candle[],
  { time, ...terms }: SettlementTerms & { readonly time: number },
): Settled => {
  let settled: Settled = { ...position, exit: null };
  for (const candle of candles) {
    if (candle.openTime < settled.settledThrough || candleCloseTime(candle, terms.timeframe) > time) continue;
    settled = settleCandle({ ...position, exitPlan: settled.exitPlan }, candle, terms);
    if (settled.exit) break;
  }
  const { exit, settledThrough, mark, markedAt, exitPlan } = settled;
  return { exit, settledThrough, mark, markedAt, exitPlan };
};
