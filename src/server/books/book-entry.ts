import { postEntry } from "~/trading/portfolio/ledger";
import { planExit } from "~/trading/portfolio/exit-plan";
import { openPosition } from "~/trading/portfolio/open-position";
import type { PositionSide } from "~/trading/portfolio/position-side";
import type { ExchangeFill } from "~/trading/execution/exchange";
import { entrySideOf } from "~/trading/execution/fill-market-order";
import type { Decimal } from "~/trading/money";
import { toColumn, toColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { BotContext, BotMarket } from "../bot-context";
import { appendLiveEvent } from "../live/append-live-event";
import { appendLedger } from "./ledger";
import { recordFill } from "./record-fill";

export type EntryBooking = {
  readonly orderId: string;
  readonly fillId: string;
  readonly positionId: string;
  /** The version of the settings that decided it. */
  readonly settingsVersion: number;
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
  const { price, quantity } = fill;
  const { pair } = entry.market.rules;
  const position = openPosition({ ...entry, id: positionId, pair, fill: { price, quantity, at: fill.filledAt } });
  await tx.position.create({
    data: {
      id: positionId,
      botId: context.botId,
      accountId: context.account.id,
      accountKind: context.account.kind,
      marketId: entry.market.id,
      side: position.side,
      quantity: toColumn(position.quantity),
      entryPrice: toColumn(position.entryPrice),
      leverage: toColumn(position.leverage),
      margin: toColumn(position.margin),
      stopLoss: toColumnOrNull(position.stopLoss),
      takeProfit: toColumnOrNull(position.takeProfit),
      settingsVersion: entry.settingsVersion,
      exitPlan: planExit(position),
      openedAt: new Date(position.openedAt),
      settledThrough: new Date(position.settledThrough),
      mark: toColumn(position.mark),
      markedAt: new Date(position.markedAt),
    },
  });
  const side = entrySideOf(entry.side);
  await recordFill(tx, context, { ...entry, marketId: entry.market.id, side });
  const posting = postEntry({ fillId, at: entry.bookedAt, margin: position.margin, fee: fill.fee });
  await appendLedger(tx, posting, { botId: context.botId, currency: context.currency, positionId, fillId });
  appendLiveEvent(tx, context.userId, {
    kind: "trade-opened",
    botId: context.botId,
    positionId,
    pair: entry.market.rules.pair,
    side: entry.side,
    at: new Date(fill.filledAt).toISOString(),
    quantity: toColumn(fill.quantity),
    price: toColumn(fill.price),
  });
};
