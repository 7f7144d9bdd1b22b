import { type Decimal } from "~/trading/money";
import { freeToAllot, shortfallOf, type AllottedMoney } from "~/trading/portfolio/allotment";
import { EQUITY_SQL } from "../books/equity-sql";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import type { RawSql } from "../db/raw-sql";
import { notFound } from "../tenant/not-found";

type Amount = { toString(): string };
type Row = {
  readonly id: string;
  readonly name: string;
  readonly venueId: string;
  readonly currency: string;
  readonly bots: number;
  readonly capital: Amount | null;
} & Readonly<Record<"allotted" | "equity" | "endedAllotted" | "endedEquity", Amount>>;

/** A user's paper account. `free`: what can still be allotted of it; null: what was paid into it is not known. */
export type PaperAccount = Pick<Row, "id" | "name" | "venueId" | "currency" | "bots"> & {
  readonly free: Decimal | null;
  /** What bots lost beyond all that is free; null as `free` is. */
  readonly shortfall: Decimal | null;
  /** Paid in on balance, and taken out: below zero where gains were taken out too. */
  readonly capital: Decimal | null;
  /** Allotted to bots that are there. */
  readonly allotted: Decimal;
};

const moneyOf = ({ capital, ...sums }: Row): AllottedMoney | null =>
  capital && {
    capital: fromColumn(capital),
    allotted: fromColumn(sums.allotted),
    equity: fromColumn(sums.equity),
    endedAllotted: fromColumn(sums.endedAllotted),
    endedEquity: fromColumn(sums.endedEquity),
  };

/** The paper accounts of a user that are not archived, the newest first. A bot that was never marked has what it got. */
export const readPaperAccounts = async (db: RawSql, userId: string): Promise<PaperAccount[]> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT a.id, a.name, a.venue_id AS "venueId", a.currency, a.capital, count(b.id) FILTER (WHERE b.is_there)::int AS bots,
      coalesce(sum(b.allotment) FILTER (WHERE b.is_there), 0) AS allotted,
      coalesce(sum(b.equity) FILTER (WHERE b.is_there), 0) AS equity,
      coalesce(sum(b.allotment) FILTER (WHERE NOT b.is_there), 0) AS "endedAllotted",
      coalesce(sum(b.equity) FILTER (WHERE NOT b.is_there), 0) AS "endedEquity"
    FROM accounts a LEFT JOIN (
      SELECT b.id, b.account_id, b.allotment, coalesce(${EQUITY_SQL}, b.allotment) AS equity, b.status <> 'archived' AS is_there
      FROM bots b LEFT JOIN equity_memories e ON e.bot_id = b.id) b ON b.account_id = a.id
    WHERE a.user_id = ${userId}::uuid AND a.kind = 'paper' AND a.archived_at IS NULL
    GROUP BY a.id ORDER BY a.created_at DESC, a.id`;
  return rows.map((row) => {
    const { id, name, venueId, currency, bots } = row;
    const [capital, allotted] = [fromColumnOrNull(row.capital), fromColumn(row.allotted)];
    const money = moneyOf(row);
    const left = { free: money && freeToAllot(money), shortfall: money && shortfallOf(money) };
    return { id, name, venueId, currency, bots, ...left, capital, allotted };
  });
};

/** One of these accounts. Throws AppError; another user's account counts as absent. */
export const requirePaperAccount = async (
  db: RawSql,
  { userId, accountId }: { readonly userId: string; readonly accountId: string },
): Promise<PaperAccount> => {
  const account = (await readPaperAccounts(db, userId)).find(({ id }) => id === accountId);
  if (!account) throw notFound("account");
  return account;
};
