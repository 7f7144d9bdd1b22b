import { Decimal } from "decimal.js";
import type { LedgerLine } from "~/contracts/position-view";

export type LedgerTransaction = {
  readonly id: string;
  readonly postedAt: Date;
  readonly lines: readonly LedgerLine[];
  /** Of all lines as a plain decimal: "0" where the books are right. */
  readonly sum: string;
};

const toTransaction = (id: string, first: LedgerLine, lines: readonly LedgerLine[]): LedgerTransaction => ({
  id,
  postedAt: first.postedAt,
  lines,
  sum: lines.reduce((sum, { amount }) => sum.plus(amount), new Decimal(0)).toFixed(),
});

/** Lines by their transaction, in the order in which they were posted. */
export const groupTransactions = (lines: readonly LedgerLine[]): LedgerTransaction[] => {
  const ids = [...new Set(lines.map(({ transactionId }) => transactionId))];
  return ids.flatMap((id) => {
    const own = lines.filter(({ transactionId }) => transactionId === id);
    const [first] = own;
    return first ? [toTransaction(id, first, own)] : [];
  });
};
