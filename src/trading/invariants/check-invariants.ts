import type { Books } from "./books";
import { leaseIsHeldOnce, slotsAreAccountedFor } from "./cycle-invariants";
import { equityAddsUp, equityMovesForAReason, keptFiguresAreTheirFold } from "./money-invariants";
import {
  idsAreUnique,
  ordersFillOnce,
  ordersKeepTheLimits,
  positionsAreProtected,
  positionsAreTheirFills,
} from "./order-invariants";

/** The invariants of one bot's books, by their names in the reliability rules. Each describes what is broken. */
export const INVARIANTS: Readonly<Record<string, (books: Books) => string[]>> = {
  I1: equityAddsUp,
  I2: equityMovesForAReason,
  I3: positionsAreTheirFills,
  I4: idsAreUnique,
  I5: ordersFillOnce,
  I6: positionsAreProtected,
  I7: slotsAreAccountedFor,
  I8: leaseIsHeldOnce,
  I9: ordersKeepTheLimits,
  I15: keptFiguresAreTheirFold,
};

export type BrokenInvariant = { readonly invariant: string; readonly text: string };

/** Runs every invariant over the books. An empty result means that the books are consistent. */
export const checkInvariants = (books: Books): BrokenInvariant[] =>
  Object.entries(INVARIANTS).flatMap(([invariant, check]) => check(books).map((text) => ({ invariant, text })));

type Orders = Pick<Books, "positions" | "orders" | "entries">;

/** The invariants of orders and what came of them, over a part of a bot's that has whole UTC days. */
export const checkOrders = (part: Orders): BrokenInvariant[] => {
  const broken: Readonly<Record<string, readonly string[]>> = {
    I3: positionsAreTheirFills(part),
    I5: ordersFillOnce(part),
    I9: ordersKeepTheLimits({ ...part, openPositions: [] }),
  };
  return Object.entries(broken).flatMap(([invariant, texts]) => texts.map((text) => ({ invariant, text })));
};
