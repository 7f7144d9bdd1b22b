import type { LiveEvent } from "~/contracts/live-event";
import { postEntry } from "~/trading/portfolio/ledger";
import { planExit, withLegs } from "~/trading/portfolio/exit-plan";
import type { EntryLeg } from "~/trading/portfolio/entry-legs";
import type { ExitTerms } from "~/trading/portfolio/exit-terms";
import { openPosition } from "~/trading/portfolio/open-position";
import type { PositionSide } from "~/trading/portfolio/position-side";
import type { ExchangeFill } from "~/trading/execution/exchange";
import { entrySideOf } from "~/trading/execution/fill-market-order";
import type { Decimal } from "~/trading/money";
import { toColumn, toColumnOrNull } from "../db/amounts";
import type { Transaction } from "../db/client";
import type { Prisma } from "../db/prisma";
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
  /** How it is to be closed beside them; null: as a whole, by them alone. */
  readonly exits: ExitTerms | null;
  /** What is entered further, and later. */
  readonly legs: readonly EntryLeg[];
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
  exit_plan: withLegs(planExit(position, entry.exits, entry.market.rules), entry.legs),
  opened_at: new Date(position.openedAt),
  settled_through: new Date(position.settledThrough),
  mark: toColumn(position.mark),
  marked_at: new Date(position.markedAt),
});

type Context = Pick<BotContext, "botId" | "userId" | "currency" | "venue" | "account">;

/** Position, fill and ledger of the fill that opens a position, and what is told of it. */
export const planEntry = (
  context: Context,
  entry: EntryBooking,
  when?: Prisma.Sql,
): { readonly writes: Prisma.Sql[]; readonly event: LiveEvent } => {
  const { botId, currency } = context;
  const { fill, fillId, positionId, market, side } = entry;
  const { price, quantity } = fill;
  const { pair } = market.rules;
  const position = openPosition({ ...entry, id: positionId, pair, fill: { price, quantity, at: fill.filledAt } });
  const posting = postEntry({ fillId, at: entry.bookedAt, margin: position.margin, fee: fill.fee });
  const writes = [
    insertRows("positions", [toRow(context, entry, position)], when),
    insertFill(context, { ...entry, marketId: market.id, side: entrySideOf(side) }, when),
    insertPosting(posting, { botId, currency, positionId, fillId }, when),
  ];
  const at = new Date(fill.filledAt).toISOString();
  const shown = { quantity: toColumn(quantity), price: toColumn(price) };
  return { writes, event: { kind: "trade-opened", botId, positionId, pair, side, at, ...shown } };
};

/** Books the fill that opens a position, in the caller's transaction. */
export const bookEntry = async (tx: Transaction, context: Context, entry: EntryBooking): Promise<void> => {
  const { writes, event } = planEntry(context, entry);
  await writeTogether(tx, writes);
  appendLiveEvent(tx, context.userId, event);
};
