import { LIQUIDATION_FEE_RATE, marginTierOf } from "../execution/margin-tiers";
import { secondOf } from "../execution/matching";
import { decimal, Decimal, ZERO } from "../money";
import type { Position } from "../portfolio/position";

/** Matching version 1: maintenance margin of the lowest OKX swap tier, a fraction of the position's value. */
const MAINTENANCE_MARGIN_RATE = decimal("0.004");

type Leveraged = Pick<Position, "side" | "entryPrice" | "leverage">;
/** `quantity` decides the tier of version 2; absent: the lowest. */
type Liquidated = Leveraged & Partial<Pick<Position, "quantity" | "matching">>;

/**
 * Version 2: the price at which margin + unrealised P&L are as much as maintenance margin and liquidation fee, which are
 * shares of the value at that price: entry x (1 -+ 1/leverage) / (1 -+ (rate + fee)).
 */
const liquidationByTier = ({ side, entryPrice, leverage, quantity = ZERO }: Liquidated): Decimal => {
  const kept = marginTierOf(entryPrice.times(quantity)).maintenanceRate.plus(LIQUIDATION_FEE_RATE);
  const [lost, left] = [decimal(1).div(leverage), decimal(1)];
  const price =
    side === "long"
      ? entryPrice.times(left.minus(lost)).div(left.minus(kept))
      : entryPrice.times(left.plus(lost)).div(left.plus(kept));
  // Not beyond the entry, however high the leverage.
  return side === "long" ? Decimal.min(price, entryPrice) : Decimal.max(price, entryPrice);
};

/**
 * The price at which only the maintenance margin is left (isolated margin). Version 1: entry x (1 -+ (1/leverage -
 * rate)).
 */
export const liquidationPrice = (position: Liquidated): Decimal => {
  if (secondOf(position.matching)) return liquidationByTier(position);
  const { side, entryPrice, leverage } = position;
  const move = entryPrice.times(Decimal.max(decimal(1).div(leverage).minus(MAINTENANCE_MARGIN_RATE), ZERO));
  return side === "long" ? entryPrice.minus(move) : entryPrice.plus(move);
};

/**
 * The last price within the margin, entry x (1 -+ 1/leverage) rounded to the tick towards the entry: no liquidation
 * costs more than the margin. Never below one tick.
 */
export const bankruptcyPrice = ({ side, entryPrice, leverage }: Leveraged, tick: Decimal): Decimal => {
  // Multiplies before it divides: otherwise a third would be cut off and the price could lose a whole tick.
  const lost = entryPrice.times(side === "long" ? leverage.minus(1) : leverage.plus(1)).div(leverage);
  return Decimal.max(lost.toNearest(tick, side === "long" ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR), tick);
};
