import { invariant } from "~/trading/invariant";
import type { Database, Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { KEPT_COLUMNS, KEPT_FROM, toKept, type KeptFigures, type KeptRow } from "./kept-figures";
import { POSITION_COLUMNS, toPosition, type PositionRow, type StoredPosition } from "./positions";

/** What a bot holds and what is kept of it, of one moment, which `mark` names. */
export type BotBooks = {
  readonly positions: readonly StoredPosition[];
  readonly kept: KeptFigures;
  /** The ids of orders that are on their way to the venue. */
  readonly submitting: readonly string[];
  readonly mark: string;
};

type Row = KeptRow & { readonly booksMark: string; readonly submitting: readonly string[] } & (
    { readonly id: null } | PositionRow
  );

/**
 * One statement: a row for each open position, at least one. `more`: further columns of bot `b` at the same moment, each
 * with a comma before it.
 */
export const loadBooksWith = async (
  db: Database | Transaction,
  botId: string,
  more: Prisma.Sql,
): Promise<{ readonly books: BotBooks; readonly more: unknown }> => {
  const rows = await db.$queryRaw<Row[]>`
    SELECT books_mark(b.id) AS "booksMark", ${KEPT_COLUMNS}, ${POSITION_COLUMNS},
      ARRAY(SELECT o.id::text FROM orders o JOIN order_intents i ON i.id = o.intent_id AND i.bot_id = b.id
        WHERE o.account_id = b.account_id AND o.status = 'submitting') AS submitting ${more}
    ${KEPT_FROM}
    LEFT JOIN (positions p JOIN markets k ON k.id = p.market_id) ON p.bot_id = b.id AND p.closed_at IS NULL
    WHERE b.id = ${botId}::uuid ORDER BY p.opened_at, p.market_id`;
  const [first] = rows;
  invariant(first, `bot ${botId} is not there`);
  const positions = rows.flatMap((row) => (row.id === null ? [] : [toPosition(row)]));
  const books = { positions, kept: toKept(first), submitting: first.submitting, mark: first.booksMark };
  return { books, more: first };
};

export const loadBotBooks = async (db: Database | Transaction, botId: string): Promise<BotBooks> =>
  (await loadBooksWith(db, botId, Prisma.empty)).books;
