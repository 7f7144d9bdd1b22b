import { decimal } from "~/trading/money";
import { balancesOf, type Balances, type LedgerTransaction } from "~/trading/portfolio/ledger";
import { toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";

/** What each ledger account of a bot holds: the fold, made by the database. */
export const loadBalances = async (tx: Transaction, botId: string): Promise<Balances> => {
  const sums = await tx.ledgerEntry.groupBy({ by: ["account"], where: { botId }, _sum: { amount: true } });
  return balancesOf(sums.map(({ account, _sum }) => ({ account, amount: decimal(_sum.amount?.toString() ?? 0) })));
};

/** Appends one balanced posting. Its id is its key: posting it twice is refused by the database. */
export const appendLedger = async (
  tx: Transaction,
  posting: LedgerTransaction,
  of: { readonly botId: string; readonly currency: string; readonly positionId?: string; readonly fillId?: string },
): Promise<void> => {
  await tx.ledgerEntry.createMany({
    data: posting.lines.map(({ account, amount }) => ({
      ...of,
      transactionId: posting.id,
      account,
      amount: toColumn(amount),
      postedAt: new Date(posting.postedAt),
    })),
  });
};
