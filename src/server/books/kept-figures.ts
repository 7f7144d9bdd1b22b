import type { TradingState } from "~/trading/cycle/watch-drawdown";
import type { EquityMemory } from "~/trading/portfolio/equity-memory";
import type { Balances } from "~/trading/portfolio/ledger";
import { fromColumn, fromColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import { Prisma } from "../db/prisma";
import { TRADING_STATE } from "./bot-status-sql";

type Amount = { toString(): string };

/** What the database keeps of a bot's equity points; all null before the first. */
export type MemoryColumns = {
  readonly at: Date | null;
  readonly equity: Amount | null;
  readonly peak: Amount | null;
  readonly dayStart: Amount | null;
  readonly dayLow: Amount | null;
};

export const toEquityMemory = ({ at, equity, peak, dayStart, dayLow }: MemoryColumns): EquityMemory | null =>
  at && equity && peak && dayLow
    ? {
        last: { at: at.getTime(), equity: fromColumn(equity), peak: fromColumn(peak) },
        dayStart: fromColumnOrNull(dayStart),
        dayLow: fromColumn(dayLow),
      }
    : null;

/** What is kept beside a bot's records, so that none of them is read again: as much on its first day as after years. */
export type KeptFigures = {
  readonly balances: Pick<Balances, "cash" | "margin">;
  readonly memory: EquityMemory | null;
  readonly tradingState: TradingState;
};

/** Kept figures as PostgreSQL gives them. */
export type KeptRow = MemoryColumns & {
  readonly tradingState: TradingState;
  readonly keptCash: Amount;
  readonly keptMargin: Amount;
};

export const toKept = (row: KeptRow): KeptFigures => ({
  balances: { cash: fromColumn(row.keptCash), margin: fromColumn(row.keptMargin) },
  memory: toEquityMemory(row),
  tradingState: row.tradingState,
});

export const KEPT_COLUMNS = Prisma.sql`${TRADING_STATE} AS "tradingState", l.cash AS "keptCash", l.margin AS "keptMargin",
  m.at, m.equity, m.peak, m.day_start AS "dayStart", m.day_low AS "dayLow"`;

/** Bots `b` with what is kept of them. */
export const KEPT_FROM = Prisma.sql`FROM bots b LEFT JOIN equity_memories m ON m.bot_id = b.id
  CROSS JOIN LATERAL (SELECT coalesce(sum(amount) FILTER (WHERE account = 'cash'), 0) AS cash,
    coalesce(sum(amount) FILTER (WHERE account = 'margin'), 0) AS margin FROM bot_balances WHERE bot_id = b.id) l`;

/** The kept figures of bots by their ids, in one statement. A bot that is not there is missing. */
export const loadKeptFigures = async (
  tx: Transaction,
  botIds: readonly string[],
): Promise<ReadonlyMap<string, KeptFigures>> => {
  const rows = await tx.$queryRaw<(KeptRow & { readonly botId: string })[]>`
    SELECT b.id AS "botId", ${KEPT_COLUMNS} ${KEPT_FROM} WHERE b.id = ANY(${botIds}::uuid[])`;
  return new Map(rows.map((row) => [row.botId, toKept(row)]));
};
