import type { LedgerLine } from "~/contracts/position-view";
import type { Prisma } from "../../db/prisma";

type Row = Prisma.LedgerEntryGetPayload<object>;

export const toLedgerLine = (row: Row): LedgerLine => ({
  id: row.id.toString(),
  transactionId: row.transactionId,
  account: row.account,
  currency: row.currency,
  amount: row.amount.toFixed(),
  positionId: row.positionId,
  fillId: row.fillId,
  postedAt: row.postedAt,
});
