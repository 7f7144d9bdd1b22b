import { decimal, Decimal, maxOf, minOf, toLotDown, toTick, type DecimalInput } from "../money";
import type { ExitPlan } from "./exit-plan";
import type { PlannedPosition } from "./position";

type Growing = Pick<PlannedPosition, "side" | "quantity" | "entryPrice" | "mark" | "stopLoss" | "exitPlan">;

/** The position after a further fill entered it, at `price`; and the steps of its market. */
type Grown = {
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly price: Decimal;
  readonly lot: DecimalInput;
  readonly tick: DecimalInput;
};

/** The parts still to exit, by their shares of the whole or, once one has left, in proportion; in whole lots. */
const growParts = ({ exitPlan, quantity: from }: Growing, { quantity: to, lot }: Grown): ExitPlan["remainingLegs"] => {
  const { remainingLegs, filledTargets, partsTaken } = exitPlan;
  const isWhole = filledTargets.length === 0 && partsTaken.length === 0;
  return remainingLegs.map((part) => {
    const share = isWhole ? part.share : undefined;
    const grown = share === undefined ? decimal(part.quantity).times(to).div(from) : to.times(share);
    return { ...part, quantity: toLotDown(grown, lot).toFixed() };
  });
};

/**
 * What a position's exits are after a further fill: its parts grow with it, and what counts from its entry, the break-even,
 * follows the average. A stop that stands at break-even moves only where it protects more, and not beyond the price or
 * the mark, which an order may have moved apart.
 */
export const growExits = (before: Growing, grown: Grown): Pick<PlannedPosition, "stopLoss" | "exitPlan"> => {
  const { side, exitPlan, stopLoss } = before;
  const moved = (price: DecimalInput): Decimal =>
    Decimal.max(toTick(decimal(price).times(grown.entryPrice).div(before.entryPrice), grown.tick), grown.tick);
  const breakEven = exitPlan.breakEven && {
    at: moved(exitPlan.breakEven.at).toFixed(),
    level: moved(exitPlan.breakEven.level).toFixed(),
  };
  const plan = { ...exitPlan, remainingLegs: growParts(before, grown), breakEven };
  if (stopLoss === null || exitPlan.stopBy !== "break-even") return { stopLoss, exitPlan: plan };
  const level = moved(stopLoss);
  const isBetter =
    side === "long"
      ? level.gt(stopLoss) && level.lt(minOf(grown.price, before.mark))
      : level.lt(stopLoss) && level.gt(maxOf(grown.price, before.mark));
  return { stopLoss: isBetter ? level : stopLoss, exitPlan: plan };
};
