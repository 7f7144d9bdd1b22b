import type { TradeRow } from "~/contracts/bot-detail";
import { toPlain } from "~/trading/money";
import { marginOf } from "~/trading/portfolio/position";
import { findOwnedBot, type OwnedBot } from "../owned-bot";
import { fromColumn } from "../../db/amounts";
import { priceDigitsOf } from "../price-digits";
import type { Ports } from "../../ports";
import { startOf, toPage, type Page, type PageRequest } from "./page-cursor";

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

/** A page of a user's bot's closed trades, by their exit, newest first. Throws AppError for another user's bot. */
export const listTrades = async (
  { db }: Pick<Ports, "db">,
  owned: OwnedBot,
  request: PageRequest,
): Promise<Page<TradeRow>> => {
  const from = startOf(request);
  const { openedAt } = await findOwnedBot({ db }, owned);
  const rows = await db.$queryRaw<Row[]>`
    SELECT t.position_id AS "positionId", m.pair, m.tick, t.side, t.quantity, t.entry_price AS "entryPrice", t.exit_price AS "exitPrice",
      t.entered_at AS "enteredAt", t.exited_at AS "exitedAt", t.exit_reason AS "exitReason", p.leverage,
      t.gross_pnl AS gross, t.slippage, t.fees, t.funding, t.realized_pnl AS net
    FROM trades t JOIN markets m ON m.id = t.market_id JOIN positions p ON p.id = t.position_id
    WHERE t.bot_id = ${owned.botId}::uuid AND t.exited_at <= ${from.at}
      AND (t.exited_at, t.position_id) < (${from.at}, ${from.id}::uuid)
    ORDER BY t.exited_at DESC, t.position_id DESC LIMIT ${request.limit + 1}`;
  return toPage(rows, request, {
    toItem: (row) => toTradeRow(row, openedAt),
    endOf: ({ exitedAt, positionId }) => ({ at: exitedAt, id: positionId }),
  });
};
