import { postEntry } from "~/trading/portfolio/ledger";
import { planExit } from "~/trading/portfolio/exit-plan";
import { openPosition } from "~/trading/portfolio/open-position";
import type { PositionSide } from "~/trading/portfolio/position-side";
import type { ExchangeFill } from "~/trading/execution/exchange";
import { entrySideOf } from "~/trading/execution/fill-market-order";
import type { Decimal } from "~/trading/money";
import { toColumn, toColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import { insertRows, writeTogether, type ColumnValues } from "../db/insert-rows";
import type { BotContext, BotMarket } from "../bot-context";
import { appendLiveEvent } from "../live/append-live-event";
import { insertPosting } from "./ledger";
import { insertFill } from "./record-fill";

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

const toRow = (
  { botId, account }: Pick<BotContext, "botId" | "account">,
  entry: EntryBooking,
  position: ReturnType<typeof openPosition>,
): ColumnValues => ({
  id: position.id,
  bot_id: botId,
  account_id: account.id,
  account_kind: account.kind === "venueDemo" ? "venue-demo" : account.kind,
  market_id: entry.market.id,
  side: position.side,
  quantity: toColumn(position.quantity),
  entry_price: toColumn(position.entryPrice),
  leverage: toColumn(position.leverage),
  margin: toColumn(position.margin),
  stop_loss: toColumnOrNull(position.stopLoss),
  take_profit: toColumnOrNull(position.takeProfit),
  settings_version: entry.settingsVersion,
  exit_plan: planExit(position),
  opened_at: new Date(position.openedAt),
  settled_through: new Date(position.settledThrough),
  mark: toColumn(position.mark),
  marked_at: new Date(position.markedAt),
});

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
  const posting = postEntry({ fillId, at: entry.bookedAt, margin: position.margin, fee: fill.fee });
  await writeTogether(tx, [
    insertRows("positions", [toRow(context, entry, position)]),
    insertFill(context, { ...entry, marketId: entry.market.id, side: entrySideOf(entry.side) }),
    insertPosting(posting, { botId: context.botId, currency: context.currency, positionId, fillId }),
  ]);
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
