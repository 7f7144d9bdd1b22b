import { decimal, toMoney, ZERO, type Decimal } from "../money";
import type { EntryLeg } from "./entry-legs";
import { marginOf, notionalOf, type Position } from "./position";

/** What legs take of the books once they are entered, in quote currency. */
export type Reserved = { readonly notional: Decimal; readonly margin: Decimal; readonly fees: Decimal };

/** What legs take that are not entered yet: they count in every limit as if they were. */
export const reservedBy = (legs: readonly EntryLeg[], leverage: Decimal): Reserved =>
  legs.reduce<Reserved>(
    (sum, { price, quantity, fee }) => ({
      notional: sum.notional.plus(toMoney(decimal(price).times(quantity))),
      margin: sum.margin.plus(marginOf(decimal(price), decimal(quantity), leverage)),
      fees: sum.fees.plus(fee),
    }),
    { notional: ZERO, margin: ZERO, fees: ZERO },
  );

/** A position with legs of its entry still to come; without a plan it has none. */
type WithLegs = Pick<Position, "leverage"> & { readonly exitPlan?: { readonly entryLegs: readonly EntryLeg[] } };

/** What the legs of a position take that are not entered yet. */
export const reservedOf = ({ exitPlan, leverage }: WithLegs): Reserved =>
  reservedBy(exitPlan?.entryLegs ?? [], leverage);

/** What a position is worth at its mark, with its legs as if they were entered; quote currency. */
export const notionalWithLegs = (position: WithLegs & Pick<Position, "mark" | "quantity">): Decimal =>
  notionalOf(position).plus(reservedOf(position).notional);

/** What it binds as margin, with its legs in the same way. */
export const marginWithLegs = (position: WithLegs & Pick<Position, "margin">): Decimal =>
  position.margin.plus(reservedOf(position).margin);
