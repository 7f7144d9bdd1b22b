import { decimal, Decimal, ZERO } from "../money";
import type { Position } from "../portfolio/position";

/** Maintenance margin of the lowest OKX swap tier, a fraction of the position's value. */
const MAINTENANCE_MARGIN_RATE = decimal("0.004");

type Leveraged = Pick<Position, "side" | "entryPrice" | "leverage">;

/** The price at which only the maintenance margin is left (isolated margin): entry x (1 -+ (1/leverage - rate)). */
export const liquidationPrice = ({ side, entryPrice, leverage }: Leveraged): Decimal => {
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
