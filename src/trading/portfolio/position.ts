import type { PositionSide } from "./position-side";
import type { Matching } from "../execution/matching";
import { toMoney, type Decimal } from "../money";
import type { TradingPair } from "../market/trading-pair";
import type { ExitPlan } from "./exit-plan";

/**
 * Open exposure of one bot in one pair. `quantity` is in base units and unsigned, `side` has the direction; prices are
 * quote per base, `margin` quote; times are ms UTC of venue time. `settledThrough`: candles before it are settled.
 */
export type Position = {
  readonly id: string;
  readonly pair: TradingPair;
  readonly side: PositionSide;
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly leverage: Decimal;
  readonly margin: Decimal;
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
  readonly openedAt: number;
  readonly settledThrough: number;
  readonly mark: Decimal;
  readonly markedAt: number;
  /** How it is filled, funded and liquidated: by the settings that opened it. Absent: version 1. */
  readonly matching?: Matching;
};

/** A position with its exit plan. */
export type PlannedPosition = Position & { readonly exitPlan: ExitPlan };

/** Profit of `quantity` moved from `entry` to `exit`, in quote, before costs: 8 decimals. */
export const pricePnl = (side: PositionSide, prices: { entry: Decimal; exit: Decimal }, quantity: Decimal): Decimal => {
  const move = side === "long" ? prices.exit.minus(prices.entry) : prices.entry.minus(prices.exit);
  return toMoney(move.times(quantity));
};

/** Profit of closing at the stored mark, in quote, before costs. */
export const unrealizedPnl = (position: Pick<Position, "side" | "entryPrice" | "mark" | "quantity">): Decimal =>
  pricePnl(position.side, { entry: position.entryPrice, exit: position.mark }, position.quantity);

/** Quantity times mark, quote. */
export const notionalOf = (position: Pick<Position, "mark" | "quantity">): Decimal =>
  toMoney(position.mark.times(position.quantity));

/** Margin of an exposure: price x quantity / leverage, 8 decimals. */
export const marginOf = (price: Decimal, quantity: Decimal, leverage: Decimal): Decimal =>
  toMoney(price.times(quantity).div(leverage));
