import { maxOf, type Decimal } from "../money";
import { computeEquity, type Equity } from "./equity";
import type { Balances } from "./ledger";
import type { Position } from "./position";

/** Equity as it is marked at a slot (ms), with the highest equity through it. */
export type EquityPoint = Equity & { readonly at: number; readonly peak: Decimal };

/** Marks equity. `peak`: the highest before; null when none was marked: then it is the capital that came in. */
export const markEquity = (
  books: { readonly balances: Pick<Balances, "cash" | "margin">; readonly positions: readonly Position[] },
  before: { readonly peak: Decimal | null; readonly initialCapital: Decimal },
  at: number,
): EquityPoint => {
  const now = computeEquity(books.balances, books.positions);
  return { at, ...now, peak: maxOf(now.equity, before.peak ?? before.initialCapital) };
};
