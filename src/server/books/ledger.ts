import { balancesOf, type Balances, type LedgerTransaction } from "~/trading/portfolio/ledger";
import { fromColumn, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";

/** What each ledger account of a bot holds, as the database keeps it with every posting. */
export const loadBalances = async (tx: Transaction, botId: string): Promise<Balances> => {
  const kept = await tx.botBalance.findMany({ where: { botId }, select: { account: true, amount: true } });
  return balancesOf(kept.map(({ account, amount }) => ({ account, amount: fromColumn(amount) })));
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
