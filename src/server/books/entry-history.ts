import { lossPauseUntil } from "~/trading/risk/loss-pause";
import type { HistoryView } from "~/trading/risk/risk-context";
import type { BotContext } from "../bots/bot-context";
import { fromColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { dayStartOf } from "./portfolio-view";

const LOOKBACK_MS = 90 * 86_400_000;
const STOP_REASONS = ["stop-loss", "liquidation"];

export type EntryHistory = (marketId: number, decidedCandle: number | null) => Omit<HistoryView, "entriesThisCycle">;

/** What a bot did before a slot, as far as the gate asks: entries of the UTC day, stops, losses in a row. */
export const loadEntryHistory = async (tx: Transaction, context: BotContext, slot: number): Promise<EntryHistory> => {
  const { botId } = context;
  const since = new Date(slot - LOOKBACK_MS);
  const trades = await tx.trade.findMany({
    where: { botId, exitedAt: { gte: since } },
    orderBy: [{ exitedAt: "asc" }, { marketId: "asc" }],
    select: { marketId: true, exitedAt: true, exitReason: true, realizedPnl: true },
  });
  const entries = await tx.orderIntent.findMany({
    where: { botId, purpose: "entry", intendedAt: { gte: since } },
    select: { marketId: true, decidedCandle: true, intendedAt: true, orders: { select: { status: true } } },
  });
  const dayStart = dayStartOf(slot);
  const sent = entries.filter(
    ({ orders }) => orders.length === 0 || orders.some(({ status }) => status !== "rejected" && status !== "expired"),
  );
  const pause = lossPauseUntil(
    trades.map((trade) => ({ realizedPnl: fromColumn(trade.realizedPnl), exitedAt: trade.exitedAt.getTime() })),
    context.settings.risk,
  );
  return (marketId, decidedCandle) => {
    const stops = trades.filter((trade) => trade.marketId === marketId && STOP_REASONS.includes(trade.exitReason));
    return {
      entriesToday: sent.filter((entry) => entry.intendedAt.getTime() >= dayStart).length,
      lastStopAt: stops.at(-1)?.exitedAt.getTime() ?? null,
      lossPauseUntil: pause,
      // A refused order used up its candle too: the database allows one intent per candle.
      hasEnteredThisCandle: entries.some(
        (entry) => entry.marketId === marketId && entry.decidedCandle?.getTime() === decidedCandle,
      ),
    };
  };
};
