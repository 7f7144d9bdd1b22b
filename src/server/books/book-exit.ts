import type { MarketFill } from "~/trading/execution/fill-market-order";
import { sumOf } from "~/trading/money";
import type { ExitReason } from "~/trading/portfolio/exit-reason";
import type { Trade } from "~/trading/portfolio/trade";
import { closePosition } from "~/trading/portfolio/close-position";
import { fromColumn, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { BotContext } from "../bot-context";
import { appendLiveEvent } from "../live/append-live-event";
import { appendLedger } from "./ledger";
import type { StoredPosition } from "./positions";

export type ExitBooking = {
  readonly orderId: string;
  readonly fillId: string;
  readonly venueFillId: string;
  readonly fill: MarketFill;
  /** Venue time of the fill, and when it could first be booked (ms): the candle's, never ours. */
  readonly filledAt: number;
  readonly bookedAt: number;
  readonly reason: ExitReason;
};

const tellClosed = (tx: Transaction, { botId, userId }: Pick<BotContext, "botId" | "userId">, trade: Trade): void =>
  appendLiveEvent(tx, userId, {
    kind: "trade-closed",
    botId,
    positionId: trade.positionId,
    pair: trade.pair,
    side: trade.side,
    at: new Date(trade.exitedAt).toISOString(),
    realizedPnl: toColumn(trade.realizedPnl),
    reason: trade.exitReason,
  });

/** Books the fill that closes a whole position: fill, ledger, trade and position together, in the caller's transaction. */
export const bookExit = async (
  tx: Transaction,
  context: Pick<BotContext, "botId" | "userId" | "currency" | "venue">,
  { position, ...exit }: ExitBooking & { readonly position: StoredPosition },
): Promise<void> => {
  const entries = await tx.fill.findMany({ where: { positionId: position.id }, select: { fee: true, slippage: true } });
  const entryCosts = {
    fee: sumOf(entries.map((entry) => fromColumn(entry.fee))),
    slippage: sumOf(entries.map((entry) => fromColumn(entry.slippage))),
  };
  const { transaction, trade } = closePosition(position, { ...exit, entryCosts });
  await tx.fill.create({
    data: {
      id: exit.fillId,
      orderId: exit.orderId,
      positionId: position.id,
      venueId: context.venue.id,
      venueFillId: exit.venueFillId,
      side: exit.fill.side,
      price: toColumn(exit.fill.price),
      quantity: toColumn(exit.fill.quantity),
      fee: toColumn(exit.fill.fee),
      slippage: toColumn(exit.fill.slippage),
      filledAt: new Date(exit.filledAt),
    },
  });
  await appendLedger(tx, transaction, {
    botId: context.botId,
    currency: context.currency,
    positionId: position.id,
    fillId: exit.fillId,
  });
  await tx.trade.create({
    data: {
      positionId: position.id,
      botId: context.botId,
      marketId: position.marketId,
      side: trade.side,
      quantity: toColumn(trade.quantity),
      entryPrice: toColumn(trade.entryPrice),
      exitPrice: toColumn(trade.exitPrice),
      enteredAt: new Date(trade.enteredAt),
      exitedAt: new Date(trade.exitedAt),
      grossPnl: toColumn(trade.grossPnl),
      fees: toColumn(trade.fees),
      funding: toColumn(trade.funding),
      slippage: toColumn(trade.slippage),
      realizedPnl: toColumn(trade.realizedPnl),
      exitReason: trade.exitReason,
    },
  });
  await tx.position.update({
    where: { id: position.id },
    data: { quantity: "0", margin: "0", closedAt: new Date(exit.filledAt) },
  });
  tellClosed(tx, context, trade);
};
