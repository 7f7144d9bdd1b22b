import { maxOf, type Decimal } from "../../money";
import type { MarketView, SizedEntry } from "./risk-context";

/**
 * What an entry adds: at the price that it is filled at, or the price that its position is marked at, whichever is more.
 * One that was cut to nothing counts as it was wanted.
 */
export const addedValue = (order: SizedEntry, { referencePrice }: Pick<MarketView, "referencePrice">): Decimal => {
  const { quantity, notional, steps } = order;
  if (quantity.isZero()) return notional.plus(steps.wanted);
  return referencePrice === null ? notional : maxOf(notional, quantity.times(referencePrice));
};
