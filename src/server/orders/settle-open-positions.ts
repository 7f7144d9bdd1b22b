import { postFunding } from "~/trading/portfolio/ledger";
import type { FundingPayment } from "~/trading/settlement/funding";
import { isQuietlySettled, settledEvents, type SettledEvent } from "~/trading/settlement/settled-events";
import { settlePosition, type LegEntry, type ProtectiveExit, type Settled } from "~/trading/settlement/settle-position";
import type { Candle } from "~/trading/market/candle";
import { decimal } from "~/trading/money";
import { findMarket, type BotContext } from "../bot-context";
import { toColumn, toColumnOrNull } from "../db/amounts";
import type { Database, Transaction } from "../db/client";
import type { ColumnValues } from "../db/insert-rows";
import { Prisma } from "../db/prisma";
import { readCandlesSince } from "../market/read-closed-candles";
import type { Ports } from "../ports";
import { loadFunding } from "../market/recorded-funding";
import { entryOrderId, exitOrderId } from "../books/client-order-id";
import { appendLedger, lastPostingOf } from "../books/ledger";
import { loadOpenPositions, type StoredPosition } from "../books/positions";
import { hasToBeReleased, releasePositions } from "../books/release-control";
import { bookFill } from "./book-fill";
import { createOrders } from "./create-orders";
import { loadOrder } from "./stored-order";
import { writeStatus } from "./write-status";

/** Candles to settle by, per market id. */
export type SettlementCandles = ReadonlyMap<number, readonly Candle[]>;

type Settling = { readonly context: BotContext; readonly newId: () => string };

/** Reads the candles since each position was last settled. Not for use inside a transaction. */
export const readSettlementCandles = async (
  ports: Pick<Ports, "candles" | "marketDataOf">,
  context: BotContext,
  { positions, through }: { readonly positions: readonly StoredPosition[]; readonly through: number },
): Promise<SettlementCandles> => {
  const timeframe = context.finestTimeframe;
  const entries = positions.map(async (position): Promise<[number, readonly Candle[]]> => {
    const market = findMarket(context, position.marketId);
    if (!market) return [position.marketId, []];
    const range = { timeframe, from: position.settledThrough, closedBy: through };
    return [position.marketId, await readCandlesSince(ports, { ...market, venue: context.venue }, range)];
  });
  return new Map(await Promise.all(entries));
};

/** Those of a bot's open positions as they are now. */
export const gatherSettlementCandles = async (
  ports: Pick<Ports, "db" | "candles" | "marketDataOf">,
  context: BotContext,
  through: number,
): Promise<SettlementCandles> =>
  readSettlementCandles(ports, context, { positions: await loadOpenPositions(ports.db, context.botId), through });

type Range = { readonly candles: SettlementCandles; readonly through: number };

/** A position settled over the candles known; null: nothing new is known of it. */
const settle = async (
  db: Transaction,
  context: BotContext,
  { position, candles, through }: Range & { readonly position: StoredPosition },
): Promise<Settled | null> => {
  const market = findMarket(context, position.marketId);
  const known = candles.get(position.marketId) ?? [];
  if (!market || known.length === 0) return null;
  const { tick, lot, takerFeeRate } = market.rules;
  const costs = { tick: decimal(tick), lot: decimal(lot), takerFeeRate: decimal(takerFeeRate) };
  const funding = await loadFunding(db, market.rules, { position, through });
  const terms = { timeframe: context.finestTimeframe, ...costs, time: through, funding };
  const settled = settlePosition(position, known, terms);
  return settled.settledThrough === position.settledThrough ? null : settled;
};

type Touched = Pick<ProtectiveExit, "fill" | "filledAt" | "knownAt"> & {
  readonly purpose: "protective" | "leg";
  readonly kind: string;
  readonly clientOrderId: string;
};

/** The order that the paper matching made of a touch: sent and filled at once. */
const recordTouch = async (
  tx: Transaction,
  { context, newId }: Settling,
  { position, touched }: { readonly position: StoredPosition; readonly touched: Touched },
): Promise<void> => {
  const { purpose, kind, clientOrderId, fill: matched, filledAt, knownAt } = touched;
  const [intentId, orderId] = [newId(), newId()];
  const intent = {
    id: intentId,
    botId: context.botId,
    positionId: position.id,
    marketId: position.marketId,
    clientOrderId,
    purpose,
    kind,
    side: matched.side,
    positionSide: position.side,
    quantity: toColumn(matched.quantity),
    leverage: toColumn(position.leverage),
    intendedAt: new Date(filledAt),
  };
  await tx.orderIntent.create({ data: intent });
  await createOrders(tx, [{ orderId, accountId: context.account.id, intent }]);
  await writeStatus(tx, orderId, { event: "submit" });
  const fill = { ...matched, venueFillId: `${clientOrderId}:1`, feeCurrency: context.currency, filledAt };
  const order = await loadOrder(tx, orderId);
  const booking = { context, newId, lookedAt: knownAt };
  await bookFill(tx, booking, { order, venueOrderId: `paper:${clientOrderId}`, fill, mark: null });
};

const toExit = ({ id: positionId }: StoredPosition, exit: ProtectiveExit): Touched => {
  const { kind, part } = exit;
  // Of parts, each is one of its own; an exit of the whole is the only one of its kind.
  const clientOrderId = exitOrderId({ positionId, kind, n: kind === "partial-target" ? part : 0 });
  return { ...exit, purpose: "protective", clientOrderId };
};

/** Books an exit that no order of the bot asked for. */
export const recordExit = (
  tx: Transaction,
  settling: Settling,
  { position, exit }: { readonly position: StoredPosition; readonly exit: ProtectiveExit },
): Promise<void> => recordTouch(tx, settling, { position, touched: toExit(position, exit) });

/** The entry itself was leg 0, ordered at the slot that opened the position. */
const toLeg = ({ botId }: BotContext, { openedAt: slot, pair }: StoredPosition, entry: LegEntry): Touched => {
  const clientOrderId = entryOrderId({ botId, slot, pair, leg: entry.leg + 1 });
  return { ...entry, purpose: "leg", kind: "entry-leg", clientOrderId };
};

/** A payment of funding, posted like an exit not before what was posted of its position. */
const recordFunding = async (
  tx: Transaction,
  { botId, currency }: BotContext,
  { positionId, payment }: { readonly positionId: string; readonly payment: FundingPayment },
): Promise<void> => {
  if (payment.amount.isZero()) return;
  const at = Math.max(payment.knownAt, await lastPostingOf(tx, positionId));
  await appendLedger(tx, postFunding({ positionId, ...payment, at }), { botId, currency, positionId });
};

const recordEvent = async (
  tx: Transaction,
  settling: Settling,
  { position, event }: { readonly position: StoredPosition; readonly event: SettledEvent },
): Promise<void> => {
  const { context } = settling;
  if (event.type === "funding") {
    return recordFunding(tx, context, { positionId: position.id, payment: event.payment });
  }
  if (event.type === "exit") return recordExit(tx, settling, { position, exit: event.exit });
  return recordTouch(tx, settling, { position, touched: toLeg(context, position, event.entry) });
};

const advancedColumns = (settled: Settled): ColumnValues => ({
  settled_through: new Date(settled.settledThrough),
  stop_loss: toColumnOrNull(settled.stopLoss),
  take_profit: toColumnOrNull(settled.takeProfit),
  mark: toColumn(settled.mark),
  marked_at: new Date(settled.markedAt),
  exit_plan: settled.exitPlan,
});

/** Advances by compare-and-set: whoever settled in between has done this part already. */
const advance = async (tx: Transaction, position: StoredPosition, settled: Settled): Promise<boolean> => {
  const { count } = await tx.position.updateMany({
    where: { id: position.id, settledThrough: new Date(position.settledThrough), closedAt: null },
    data: {
      settledThrough: new Date(settled.settledThrough),
      stopLoss: toColumnOrNull(settled.stopLoss),
      takeProfit: toColumnOrNull(settled.takeProfit),
      mark: toColumn(settled.mark),
      markedAt: new Date(settled.markedAt),
      exitPlan: settled.exitPlan,
    },
  });
  return count === 1;
};

/**
 * Settles a bot's open positions over the gathered candles, in the caller's transaction and under the bot's lock.
 * Returns how many were closed. Only paper and demo accounts settle from candles: a live exit is the venue's.
 */
export const settleOpenPositions = async (
  tx: Transaction,
  { context, newId }: Settling,
  range: Range,
): Promise<number> => {
  if (context.account.kind !== "paper") return 0;
  let closed = 0;
  const positions = await releasePositions(tx, { context, newId }, await loadOpenPositions(tx, context.botId));
  for (const position of positions) {
    const settled = await settle(tx, context, { position, ...range });
    if (!settled || !(await advance(tx, position, settled))) continue;
    for (const event of settledEvents(settled)) {
      await recordEvent(tx, { context, newId }, { position, event });
    }
    if (settled.quantity.isZero()) closed += 1;
  }
  return closed;
};

/**
 * The same for positions of which none closes: one write for all of them, which changes nothing where `when` is false.
 * Null: one closes, is paid funding, or has levels to be taken off first.
 */
export const planAdvance = async (
  db: Database,
  context: BotContext,
  { positions, when, ...range }: Range & { readonly positions: readonly StoredPosition[]; readonly when: Prisma.Sql },
): Promise<Prisma.Sql[] | null> => {
  if (context.account.kind !== "paper") return [];
  const rows: ColumnValues[] = [];
  for (const position of positions) {
    if (await hasToBeReleased(db, context, position)) return null;
    const settled = await settle(db, context, { position, ...range });
    if (settled && !isQuietlySettled(settled)) return null;
    if (settled) rows.push({ id: position.id, ...advancedColumns(settled) });
  }
  if (rows.length === 0) return [];
  return [
    Prisma.sql`UPDATE positions p SET settled_through = s.settled_through, stop_loss = s.stop_loss, mark = s.mark, marked_at = s.marked_at,
      take_profit = s.take_profit, exit_plan = s.exit_plan
    FROM jsonb_populate_recordset(NULL::positions, ${JSON.stringify(rows)}::jsonb) s
    WHERE p.id = s.id AND p.id = ANY(${rows.map(({ id }) => id)}::uuid[]) AND ${when}`,
  ];
};
