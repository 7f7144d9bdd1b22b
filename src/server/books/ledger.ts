import { balancesOf, type Balances, type LedgerAccount, type LedgerTransaction } from "~/trading/portfolio/ledger";
import { fromColumn, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { insertRows } from "../db/insert-rows";
import type { Prisma } from "../db/prisma";

/** What each ledger account of a bot holds, as the database keeps it with every posting. */
export const loadBalances = async (tx: Transaction, botId: string): Promise<Balances> => {
  const kept = await tx.botBalance.findMany({ where: { botId }, select: { account: true, amount: true } });
  return balancesOf(kept.map(({ account, amount }) => ({ account, amount: fromColumn(amount) })));
};

/** The venue time (ms) of the newest posting of a position; 0 without one. */
export const lastPostingOf = async (tx: Transaction, positionId: string): Promise<number> => {
  const { _max } = await tx.ledgerEntry.aggregate({ where: { positionId }, _max: { postedAt: true } });
  return _max.postedAt?.getTime() ?? 0;
};

type PostedOf = {
  readonly botId: string;
  readonly currency: string;
  readonly positionId?: string;
  readonly fillId?: string;
};

const COLUMN_NAMES: Partial<Record<LedgerAccount, string>> = {
  realizedPnl: "realized-pnl",
  modelCost: "model-cost",
  modelBill: "model-bill",
};

/** One balanced posting; none where `when` is false. Its id is its key: posting it twice is refused by the database. */
export const insertPosting = (
  posting: LedgerTransaction,
  { botId, currency, positionId, fillId }: PostedOf,
  when?: Prisma.Sql,
): Prisma.Sql =>
  insertRows(
    "ledger_entries",
    posting.lines.map(({ account, amount }) => ({
      transaction_id: posting.id,
      bot_id: botId,
      account: COLUMN_NAMES[account] ?? account,
      currency,
      amount: toColumn(amount),
      position_id: positionId ?? null,
      fill_id: fillId ?? null,
      posted_at: new Date(posting.postedAt),
    })),
    when,
  );

export const appendLedger = async (tx: Transaction, posting: LedgerTransaction, of: PostedOf): Promise<void> => {
  await tx.$executeRaw(insertPosting(posting, of));
};
