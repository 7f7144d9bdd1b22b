import { candleCloseTime, type Candle } from "../market/candle";
import { candleRangeOf, candleValueOf } from "../market/candle-value";
import type { Timeframe } from "../market/timeframe";
import { priceToMoney, toMoney, ZERO, type Decimal } from "../money";
import type { ProtectiveKind } from "../portfolio/exit-reason";
import { growPosition } from "../portfolio/apply-fill";
import { cancelLegs, noteLeg, type ExitPlan } from "../portfolio/exit-plan";
import { growExits } from "../portfolio/grow-exits";
import type { PlannedPosition, Position } from "../portfolio/position";
import { feeOf } from "../execution/fees";
import { entrySideOf, exitSideOf, fillMarketOrder, type MarketFill } from "../execution/fill-market-order";
import { fillWithinShare } from "../execution/fill-within-share";
import { LIQUIDATION_FEE_RATE } from "../execution/margin-tiers";
import { secondOf } from "../execution/matching";
import {
  fundingAmount,
  fundingTimes,
  isFunded,
  nextFundingOf,
  type FundingPayment,
  type FundingSource,
} from "./funding";
import { bankruptcyPrice } from "./liquidation";
import { moveLevels, takeOrderedExits, takeOrderedStop } from "./move-levels";
import { isQuiet, quietBounds } from "./quiet-bounds";
import { seenCandle, touchedLevels, type Touch } from "./touched-levels";

/** A protective exit of a position or a part: filled at the open time (ms) of the candle that touched, known at its close. */
export type ProtectiveExit = {
  readonly kind: ProtectiveKind;
  /** How many exits at a part's own target came before it. */
  readonly part: number;
  readonly filledAt: number;
  readonly knownAt: number;
  readonly fill: MarketFill;
};

/** A leg of a position's entry: filled at the open time (ms) of the candle that reached it, known at its close. */
export type LegEntry = Pick<ProtectiveExit, "filledAt" | "knownAt" | "fill"> & {
  /** How many legs were entered before it. */
  readonly leg: number;
};

/** What settling found, and the part of a position that it moves. */
export type Settled = {
  /** In order; those of a candle come before its exits. */
  readonly entries: readonly LegEntry[];
  /** In order; after one that takes the rest, `quantity` is 0 and nothing follows. */
  readonly exits: readonly ProtectiveExit[];
  /** In order; those of a candle come before its exits. A rate of 0 is a payment too. */
  readonly funding: readonly FundingPayment[];
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
  readonly settledThrough: number;
  readonly mark: Decimal;
  readonly markedAt: number;
  readonly exitPlan: ExitPlan;
};

export type SettlementTerms = {
  readonly timeframe: Timeframe;
  readonly tick: Decimal;
  readonly lot: Decimal;
  readonly takerFeeRate: Decimal;
  /** Funding of matching version 2; absent: no rate was recorded; null: the market pays none. */
  readonly funding?: FundingSource;
};

type FillTerms = Pick<SettlementTerms, "tick" | "takerFeeRate"> & { readonly candle: Candle };

const liquidityIn = ({ matching }: Position, candle: Candle) => ({
  candleValue: candleValueOf(candle),
  candleRange: candleRangeOf(candle),
  ...(matching && { matching }),
});

/**
 * A leg is bought (short: sold) at its level like a first order: with spread, impact and the taker fee, and as much of it
 * as its candle gives; null: nothing.
 */
const fillLeg = (
  position: Position,
  { level, quantity }: Touch,
  { candle, tick, lot, takerFeeRate }: FillTerms & Pick<SettlementTerms, "lot">,
): MarketFill | null =>
  fillWithinShare({
    side: entrySideOf(position.side),
    quantity,
    tick,
    lot,
    takerFeeRate,
    referencePrice: level,
    ...liquidityIn(position, candle),
  });

/** Isolated margin: the venue's insurance pays for losses beyond the bankruptcy price, so no exit fills beyond it. */
export const fillExit = (
  position: Position,
  { kind, level, quantity }: Touch,
  { candle, tick, ...rates }: FillTerms,
): MarketFill => {
  const { side, matching } = position;
  const takerFeeRate = kind === "liquidation" && secondOf(matching) ? LIQUIDATION_FEE_RATE : rates.takerFeeRate;
  const bound = bankruptcyPrice(position, tick);
  const isBeyond = (price: Decimal): boolean => (side === "long" ? price.lt(bound) : price.gt(bound));
  const referencePrice = isBeyond(level) ? bound : level;
  const order = { side: exitSideOf(side), quantity, tick, takerFeeRate, referencePrice };
  const fill = fillMarketOrder({ ...order, ...liquidityIn(position, candle) });
  if (!isBeyond(fill.price)) return fill;
  const slippage = toMoney(bound.minus(referencePrice).abs().times(quantity));
  return { ...fill, price: bound, fee: feeOf(bound, quantity, takerFeeRate), slippage };
};

type Folded = Pick<Settled, "entries" | "exits"> & { readonly position: PlannedPosition };

/** The position with what was filled of the next leg of its entry in it; its parts grow with it. */
const afterLeg = (
  position: PlannedPosition,
  fill: MarketFill | null,
  { lot, tick }: Pick<SettlementTerms, "lot" | "tick">,
): PlannedPosition => {
  if (fill === null) return { ...position, exitPlan: noteLeg(position.exitPlan, ZERO) };
  const grown = growPosition(position, fill);
  const { stopLoss, exitPlan } = growExits(position, { ...grown, price: fill.price, lot, tick });
  return { ...grown, stopLoss, exitPlan: noteLeg(exitPlan, fill.quantity) };
};

/** What is left of the position after a touch. Once a part has left, nothing more is entered. */
const afterTouch = (position: PlannedPosition, { quantity, isPart }: Touch): PlannedPosition => {
  const { exitPlan } = position;
  const [part, ...remainingLegs] = exitPlan.remainingLegs;
  const plan =
    isPart && part ? { ...exitPlan, remainingLegs, filledTargets: [...exitPlan.filledTargets, part] } : exitPlan;
  return cancelLegs({ ...position, quantity: position.quantity.minus(quantity), exitPlan: plan });
};

const settleCandle = (settled: PlannedPosition, candle: Candle, terms: SettlementTerms): Folded => {
  const knownAt = candleCloseTime(candle, terms.timeframe);
  const entries: LegEntry[] = [];
  const exits: ProtectiveExit[] = [];
  const renewed = takeOrderedExits(settled, candle.openTime, terms.lot);
  const before = takeOrderedStop(renewed, candle.openTime);
  let position = before;
  const seen = seenCandle(before, candle);
  const fillOf = (held: PlannedPosition, touch: Touch) => fillLeg(held, touch, { ...terms, candle });
  const enter = (held: PlannedPosition, touch: Touch) => afterLeg(held, fillOf(held, touch), terms);
  for (const touch of touchedLevels(before, seen, enter)) {
    const { kind } = touch;
    const times = { filledAt: candle.openTime, knownAt };
    if (kind === "entry-leg") {
      const leg = position.exitPlan.enteredLegs.length;
      const fill = fillOf(position, touch);
      if (fill) entries.push({ leg, ...times, fill });
      position = afterLeg(position, fill, terms);
    } else {
      const part = position.exitPlan.filledTargets.length;
      exits.push({ kind, part, ...times, fill: fillExit(position, touch, { ...terms, candle }) });
      position = afterTouch(position, touch);
    }
  }
  if (position.quantity.isZero()) return { position, entries, exits };
  const moved = moveLevels(position, seen, { ...terms, hasGrown: entries.length > 0 });
  return { position: { ...position, ...moved }, entries, exits };
};

/** The payments of a candle: those since the last settlement, at its open, the first price at or after them. */
const fundCandle = (
  position: PlannedPosition,
  candle: Candle,
  { from, before, recorded }: { readonly from: number; readonly before: number; readonly recorded: FundingSource },
): FundingPayment[] => {
  const price = priceToMoney(candle.open);
  return fundingTimes(position, { from, before }).map((dueAt) => ({
    dueAt,
    knownAt: before,
    amount: fundingAmount(position, { dueAt, price, recorded }),
  }));
};

/**
 * Stops, targets, trailing, time, invalidation, liquidation and the legs of the entry over the finest candles since the
 * last settlement, as one fold (TRADING 7): settle(a..c) = settle(a..b) then settle(b..c), so its result does not depend on when or how often it
 * runs. A gap fills at the open; the stop comes before a target when one candle touches both. `candles` ascend; those
 * before `settledThrough` or not closed at `time` (ms) are left out. Ends at the exit of the last part.
 */
export const settlePosition = (
  before: PlannedPosition,
  candles: readonly Candle[],
  { time, ...terms }: SettlementTerms & { readonly time: number },
): Settled => {
  const entries: LegEntry[] = [];
  const exits: ProtectiveExit[] = [];
  let position = before;
  let bounds = quietBounds(position);
  let last: Candle | null = null;
  let { settledThrough } = before;
  const funding: FundingPayment[] = [];
  const { funding: recorded } = terms;
  let fundedAt = isFunded(before, recorded) ? nextFundingOf(before, settledThrough) : Number.POSITIVE_INFINITY;
  for (const candle of candles) {
    const closesAt = candleCloseTime(candle, terms.timeframe);
    if (candle.openTime < settledThrough || closesAt > time) continue;
    if (fundedAt < closesAt) {
      funding.push(...fundCandle(position, candle, { from: settledThrough, before: closesAt, recorded }));
      fundedAt = nextFundingOf(position, closesAt);
    }
    [last, settledThrough] = [candle, closesAt];
    if (isQuiet(candle, bounds)) continue;
    const folded = settleCandle(position, candle, terms);
    ({ position } = folded);
    entries.push(...folded.entries);
    exits.push(...folded.exits);
    if (position.quantity.isZero()) break;
    bounds = quietBounds(position);
  }
  const { quantity, entryPrice, stopLoss, takeProfit, exitPlan } = position;
  const { mark, markedAt } = last ? { mark: priceToMoney(last.close), markedAt: settledThrough } : before;
  const found = { entries, exits, funding };
  return { ...found, quantity, entryPrice, stopLoss, takeProfit, settledThrough, mark, markedAt, exitPlan };
};
