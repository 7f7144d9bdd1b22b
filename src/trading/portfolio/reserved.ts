import { decimal, toMoney, ZERO, type Decimal } from "../money";
import type { EntryLeg } from "./entry-legs";
import { marginOf, notionalOf, type Position } from "./position";

/** What legs take of the books once they are entered, in quote currency. */
export type Reserved = { readonly notional: Decimal; readonly margin: Decimal; readonly fees: Decimal };

/** What a position's legs take that are not entered yet: they count in every limit as if they were. */
export const reservedBy = (legs: readonly EntryLeg[], leverage: Decimal): Reserved =>
  legs.reduce<Reserved>(
    (sum, { price, quantity, fee }) => ({
      notional: sum.notional.plus(toMoney(decimal(price).times(quantity))),
      margin: sum.margin.plus(marginOf(decimal(price), decimal(quantity), leverage)),
      fees: sum.fees.plus(fee),
    }),
    { notional: ZERO, margin: ZERO, fees: ZERO },
  );

/** A position with legs of its entry still to come, as far as that matters to what it is worth. */
type WithLegs = Pick<Position, "mark" | "quantity" | "leverage"> & {
  readonly exitPlan?: { readonly entryLegs: readonly EntryLeg[] };
};

/** What a position is worth at its mark, with its legs as if they were entered; quote currency. */
export const notionalWithLegs = (position: WithLegs): Decimal =>
  notionalOf(position).plus(reservedBy(position.exitPlan?.entryLegs ?? [], position.leverage).notional);
