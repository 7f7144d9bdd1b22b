import { HISTORY_MS, viewHistory, type EntryHistory } from "~/trading/cycle/entry-history";
import type { BotContext } from "../bots/bot-context";
import { fromColumn } from "../db/amounts";
import type { Transaction } from "../db/client";

/** What a bot did before a slot, as far as the gate asks. */
export const loadEntryHistory = async (tx: Transaction, context: BotContext, slot: number): Promise<EntryHistory> => {
  const { botId, settings } = context;
  const since = new Date(slot - HISTORY_MS);
  const trades = await tx.trade.findMany({
    where: { botId, exitedAt: { gte: since } },
    select: { marketId: true, exitedAt: true, exitReason: true, realizedPnl: true },
  });
  const entries = await tx.orderIntent.findMany({
    where: { botId, purpose: "entry", intendedAt: { gte: since } },
    select: { marketId: true, decidedCandle: true, intendedAt: true, order: { select: { status: true } } },
  });
  const events = {
    trades: trades.map((trade) => ({
      ...trade,
      exitedAt: trade.exitedAt.getTime(),
      realizedPnl: fromColumn(trade.realizedPnl),
    })),
    entries: entries.map((entry) => ({
      marketId: entry.marketId,
      at: entry.intendedAt.getTime(),
      decidedCandle: entry.decidedCandle?.getTime() ?? null,
      status: entry.order?.status ?? null,
    })),
  };
  return viewHistory(events, { time: slot, limits: settings.risk });
};
