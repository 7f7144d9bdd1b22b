import { HISTORY_MS, type PastEvents } from "~/trading/cycle/entry-history";
import { exitReasonSchema } from "~/trading/portfolio/exit-reason";
import { fromColumn } from "../db/amounts";
import type { Transaction } from "../db/client";

/** What a bot did before a slot, as far back as the gate looks. */
export const loadPastEvents = async (tx: Transaction, botId: string, slot: number): Promise<PastEvents> => {
  const since = new Date(slot - HISTORY_MS);
  const trades = await tx.trade.findMany({
    where: { botId, exitedAt: { gte: since } },
    select: { marketId: true, exitedAt: true, exitReason: true, realizedPnl: true },
  });
  const entries = await tx.orderIntent.findMany({
    where: { botId, purpose: "entry", intendedAt: { gte: since } },
    select: { marketId: true, decidedCandle: true, intendedAt: true, orders: { select: { status: true } } },
  });
  return {
    trades: trades.map((trade) => ({
      ...trade,
      exitReason: exitReasonSchema.parse(trade.exitReason),
      exitedAt: trade.exitedAt.getTime(),
      realizedPnl: fromColumn(trade.realizedPnl),
    })),
    entries: entries.map((entry) => ({
      marketId: entry.marketId,
      at: entry.intendedAt.getTime(),
      decidedCandle: entry.decidedCandle?.getTime() ?? null,
      statuses: entry.orders.map(({ status }) => status),
    })),
  };
};
