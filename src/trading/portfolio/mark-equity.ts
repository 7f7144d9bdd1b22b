import { maxOf, type Decimal } from "../money";
import { computeEquity, type Equity } from "./equity";
import type { Balances } from "./ledger";
import type { Position } from "./position";

/** Equity marked at a slot (ms), with the highest equity up to it. */
export type EquityPoint = Equity & { readonly at: number; readonly peak: Decimal };

/** Marks equity. `peak`: the highest equity before; null when none was marked, then the initial capital counts. */
export const markEquity = (
  books: { readonly balances: Pick<Balances, "cash" | "margin">; readonly positions: readonly Position[] },
  before: { readonly peak: Decimal | null; readonly initialCapital: Decimal },
  at: number,
): EquityPoint => {
  const now = computeEquity(books.balances, books.positions);
  return { at, ...now, peak: maxOf(now.equity, before.peak ?? before.initialCapital) };
};
