import { postEntry } from "~/trading/portfolio/ledger";
import { marginOf } from "~/trading/portfolio/position";
import type { PositionSide } from "~/trading/decision/decision";
import type { ExchangeFill } from "~/trading/execution/exchange";
import { entrySideOf } from "~/trading/execution/fill-market-order";
import type { Decimal } from "~/trading/money";
import { toColumn, toColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { BotContext, BotMarket } from "../bots/bot-context";
import { appendLiveEvent } from "../live/append-live-event";
import { appendLedger } from "./ledger";
import { recordFill } from "./record-fill";

export type EntryBooking = {
  readonly orderId: string;
  readonly fillId: string;
  readonly positionId: string;
  readonly market: Pick<BotMarket, "id" | "rules">;
  readonly side: PositionSide;
  readonly leverage: Decimal;
  readonly stopLoss: Decimal | null;
  readonly takeProfit: Decimal | null;
  readonly fill: ExchangeFill;
  /** When it could first be booked, ms of venue time. */
  readonly bookedAt: number;
  /** The last closed settlement candle's close: the price of the equity point that follows. */
  readonly mark: Decimal;
};

/** Books the fill that opens a position: position, fill and ledger together, in the caller's transaction. */
export const bookEntry = async (
  tx: Transaction,
  context: Pick<BotContext, "botId" | "userId" | "currency" | "venue" | "account">,
  entry: EntryBooking,
): Promise<void> => {
  const { fill, fillId, positionId } = entry;
  const filledAt = new Date(fill.filledAt);
  const margin = marginOf(fill.price, fill.quantity, entry.leverage);
  await tx.position.create({
    data: {
      id: positionId,
      botId: context.botId,
      accountId: context.account.id,
      accountKind: context.account.kind,
      marketId: entry.market.id,
      side: entry.side,
      quantity: toColumn(fill.quantity),
      entryPrice: toColumn(fill.price),
      leverage: toColumn(entry.leverage),
      margin: toColumn(margin),
      stopLoss: toColumnOrNull(entry.stopLoss),
      takeProfit: toColumnOrNull(entry.takeProfit),
      openedAt: filledAt,
      settledThrough: filledAt,
      mark: toColumn(entry.mark),
      markedAt: filledAt,
    },
  });
  const side = entrySideOf(entry.side);
  await recordFill(tx, context, { ...entry, marketId: entry.market.id, side });
  const posting = postEntry({ fillId, at: entry.bookedAt, margin, fee: fill.fee });
  await appendLedger(tx, posting, { botId: context.botId, currency: context.currency, positionId, fillId });
  appendLiveEvent(tx, context.userId, {
    kind: "trade-opened",
    botId: context.botId,
    positionId,
    pair: entry.market.rules.pair,
    side: entry.side,
    at: filledAt.toISOString(),
    quantity: toColumn(fill.quantity),
    price: toColumn(fill.price),
  });
};
