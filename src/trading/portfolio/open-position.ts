import type { Decimal } from "../money";
import { marginOf, type Position } from "./position";

/** A fill that opens a position, and the position's terms. `at` in ms of venue time. */
export type Opening = Pick<Position, "id" | "pair" | "side" | "leverage" | "stopLoss" | "takeProfit" | "mark"> & {
  readonly fill: { readonly price: Decimal; readonly quantity: Decimal; readonly at: number };
};

/** The position that a fill opens: settled and marked from the fill on. */
export const openPosition = ({ fill, ...opening }: Opening): Position => ({
  id: opening.id,
  pair: opening.pair,
  side: opening.side,
  quantity: fill.quantity,
  entryPrice: fill.price,
  leverage: opening.leverage,
  margin: marginOf(fill.price, fill.quantity, opening.leverage),
  stopLoss: opening.stopLoss,
  takeProfit: opening.takeProfit,
  openedAt: fill.at,
  settledThrough: fill.at,
  mark: opening.mark,
  markedAt: fill.at,
});
