import type { TradeRow } from "~/contracts/bot-detail";
import type { TradeOrder } from "~/contracts/choices";
import type { Page } from "~/contracts/list-page";
import { toPlain } from "~/trading/money";
import { marginOf } from "~/trading/portfolio/position";
import type { OwnedBot } from "../../tenant/find-own";
import type { OwnBotId } from "../../tenant/own-id";
import { findOwnedBot } from "../owned-bot";
import { fromColumn } from "../../db/amounts";
import { Prisma } from "../../db/prisma";
import { priceDigitsOf } from "../price-digits";
import type { Ports } from "../../ports";
import { byKey, type Keyset } from "../pages/keyset";
import type { PageRequest, Sorting } from "../pages/page-cursor";
import { readPage } from "../pages/read-page";

type Amount = { toString(): string };

type Row = Pick<TradeRow, "positionId" | "pair" | "side" | "enteredAt" | "exitedAt" | "exitReason"> & {
  readonly quantity: Amount;
  readonly entryPrice: Amount;
  readonly exitPrice: Amount;
  readonly leverage: Amount;
  readonly tick: Amount;
  readonly gross: Amount;
  readonly slippage: Amount;
  readonly fees: Amount;
  readonly funding: Amount;
  readonly net: Amount;
};

const plain = (amount: Amount): string => toPlain(fromColumn(amount));

const toTradeRow = (row: Row, openedAt: Date | null): TradeRow => {
  const margin = marginOf(fromColumn(row.entryPrice), fromColumn(row.quantity), fromColumn(row.leverage));
  return {
    positionId: row.positionId,
    pair: row.pair,
    priceDigits: priceDigitsOf(row.tick),
    side: row.side,
    quantity: plain(row.quantity),
    entryPrice: plain(row.entryPrice),
    exitPrice: plain(row.exitPrice),
    enteredAt: row.enteredAt,
    exitedAt: row.exitedAt,
    exitReason: row.exitReason,
    pnl: {
      gross: plain(row.gross),
      slippage: plain(row.slippage),
      fees: plain(row.fees),
      funding: plain(row.funding),
      net: plain(row.net),
    },
    returnOnMargin: margin.isZero() ? null : fromColumn(row.net).div(margin).toNumber(),
    isHistory: openedAt !== null && row.exitedAt < openedAt,
  };
};

/** How trades may be sorted, and by which side and result they may be chosen. */
export type TradeRequest = PageRequest & Partial<TradeOrder>;

/** `needs`: the table beside `trades t` that a place is found with. */
type Sort = { readonly kind: Sorting["kind"]; readonly column: Prisma.Sql; readonly needs?: Prisma.Sql };

const SORTS: Readonly<Record<TradeOrder["sort"], Sort>> = {
  closed: { kind: "instant", column: Prisma.sql`t.exited_at` },
  net: { kind: "amount", column: Prisma.sql`t.realized_pnl` },
  pair: {
    kind: "text",
    column: Prisma.sql`m.pair COLLATE "C"`,
    needs: Prisma.sql`JOIN markets m ON m.id = t.market_id`,
  },
};

const RESULTS: Readonly<Record<TradeOrder["result"], Prisma.Sql>> = {
  all: Prisma.sql`true`,
  won: Prisma.sql`t.realized_pnl > 0`,
  lost: Prisma.sql`t.realized_pnl < 0`,
};

const keyOf = (row: Row, sort: TradeOrder["sort"]): string =>
  ({ closed: () => String(row.exitedAt.getTime()), net: () => plain(row.net), pair: () => row.pair })[sort]();

type Choice = {
  readonly keyset: Keyset;
  readonly limit: number;
  readonly chosen: Prisma.Sql;
  readonly needs: Prisma.Sql;
};

/** Finds the page among the trades alone, and then what else its rows say: a bot may have very many. */
const selectTrades = (botId: OwnBotId, { keyset: { where, orderBy }, limit, chosen, needs }: Choice): Prisma.Sql =>
  Prisma.sql`
    SELECT t.position_id AS "positionId", m.pair, m.tick, t.side, t.quantity, t.entry_price AS "entryPrice",
      t.exit_price AS "exitPrice", t.entered_at AS "enteredAt", t.exited_at AS "exitedAt",
      t.exit_reason AS "exitReason", p.leverage, t.gross_pnl AS gross, t.slippage, t.fees, t.funding,
      t.realized_pnl AS net
    FROM (SELECT t.* FROM trades t ${needs} WHERE t.bot_id = ${botId}::uuid AND ${chosen} AND ${where}
      ORDER BY ${orderBy} LIMIT ${limit}) t
    JOIN markets m ON m.id = t.market_id JOIN positions p ON p.id = t.position_id ORDER BY ${orderBy}`;

/** A page of a user's bot's closed trades, by their exit, newest first where not asked otherwise. Throws AppError for another user's bot. */
export const listTrades = async (
  { db }: Pick<Ports, "db">,
  owned: OwnedBot,
  { sort = "closed", order = "desc", side = "all", result = "all", ...request }: TradeRequest,
): Promise<Page<TradeRow>> => {
  const { id: botId, openedAt } = await findOwnedBot({ db }, owned);
  const { kind, column, needs = Prisma.empty } = SORTS[sort];
  const sorting = { sort: `trades.${sort}`, order, kind };
  const ofSide = side === "all" ? Prisma.sql`true` : Prisma.sql`t.side::text = ${side}`;
  const chosen = Prisma.sql`${ofSide} AND ${RESULTS[result]}`;
  const { rows: _rows, ...page } = await readPage<Row, TradeRow>(request, {
    sorting,
    read: (place, limit) => {
      const keyset = byKey(sorting, { key: column, id: Prisma.sql`t.position_id` }, place);
      return db.$queryRaw<Row[]>(selectTrades(botId, { keyset, limit, chosen, needs }));
    },
    toItem: (row) => toTradeRow(row, openedAt),
    endOf: (row) => ({ key: keyOf(row, sort), id: row.positionId }),
  });
  return page;
};
