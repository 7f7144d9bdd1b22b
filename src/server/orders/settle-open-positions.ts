import { settlePosition, type Settled } from "~/trading/settlement/settle-position";
import type { Candle } from "~/trading/market/candle";
import { decimal } from "~/trading/money";
import { exitSideOf } from "~/trading/execution/fill-market-order";
import { findMarket, type BotContext } from "../bot-context";
import { toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { readCandlesSince } from "../market/read-closed-candles";
import type { Ports } from "../ports";
import { exitOrderId } from "../books/client-order-id";
import { loadOpenPositions, type StoredPosition } from "../books/positions";
import { releasePositions } from "../books/release-control";
import { bookFill } from "./book-fill";
import { createOrders } from "./create-orders";
import { loadOrder } from "./stored-order";
import { writeStatus } from "./write-status";

/** Candles to settle by, per market id. */
export type SettlementCandles = ReadonlyMap<number, readonly Candle[]>;

type Settling = { readonly context: BotContext; readonly newId: () => string };

/** Gathers, outside any transaction, the candles since each open position was last settled. */
export const gatherSettlementCandles = async (
  ports: Pick<Ports, "db" | "candles" | "marketDataOf">,
  context: BotContext,
  through: number,
): Promise<SettlementCandles> => {
  const positions = await loadOpenPositions(ports.db, context.botId);
  const timeframe = context.finestTimeframe;
  const entries = positions.map(async (position): Promise<[number, readonly Candle[]]> => {
    const market = findMarket(context, position.marketId);
    if (!market) return [position.marketId, []];
    const range = { timeframe, from: position.settledThrough, closedBy: through };
    return [position.marketId, await readCandlesSince(ports, { ...market, venue: context.venue }, range)];
  });
  return new Map(await Promise.all(entries));
};

/** The order that the paper matching made of a touch: sent and filled at once. */
const recordExit = async (
  tx: Transaction,
  { context, newId }: Settling,
  { position, exit }: { readonly position: StoredPosition; readonly exit: NonNullable<Settled["exit"]> },
): Promise<void> => {
  const clientOrderId = exitOrderId({ positionId: position.id, kind: exit.kind, n: 0 });
  const [intentId, orderId] = [newId(), newId()];
  const intent = {
    id: intentId,
    botId: context.botId,
    positionId: position.id,
    marketId: position.marketId,
    clientOrderId,
    purpose: "protective" as const,
    kind: exit.kind,
    side: exitSideOf(position.side),
    positionSide: position.side,
    quantity: toColumn(position.quantity),
    leverage: toColumn(position.leverage),
    intendedAt: new Date(exit.filledAt),
  };
  await tx.orderIntent.create({ data: intent });
  await createOrders(tx, [{ orderId, accountId: context.account.id, intent }]);
  await writeStatus(tx, orderId, { event: "submit" });
  const { fill: matched, filledAt } = exit;
  const fill = { ...matched, venueFillId: `${clientOrderId}:1`, feeCurrency: context.currency, filledAt };
  const order = await loadOrder(tx, orderId);
  const booking = { context, newId, lookedAt: exit.knownAt };
  await bookFill(tx, booking, { order, venueOrderId: `paper:${clientOrderId}`, fill, mark: null });
};

/** Advances by compare-and-set: whoever settled in between has done this part already. */
const advance = async (tx: Transaction, position: StoredPosition, settled: Settled): Promise<boolean> => {
  const { count } = await tx.position.updateMany({
    where: { id: position.id, settledThrough: new Date(position.settledThrough), closedAt: null },
    data: {
      settledThrough: new Date(settled.settledThrough),
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
  { candles, through }: { readonly candles: SettlementCandles; readonly through: number },
): Promise<number> => {
  if (context.account.kind !== "paper") return 0;
  let closed = 0;
  const positions = await releasePositions(tx, { context, newId }, await loadOpenPositions(tx, context.botId));
  for (const position of positions) {
    const market = findMarket(context, position.marketId);
    const known = candles.get(position.marketId) ?? [];
    if (!market || known.length === 0) continue;
    const { tick, takerFeeRate } = market.rules;
    const costs = { tick: decimal(tick), takerFeeRate: decimal(takerFeeRate) };
    const terms = { timeframe: context.finestTimeframe, ...costs, time: through };
    const settled = settlePosition(position, known, terms);
    if (settled.settledThrough === position.settledThrough) continue;
    if (!(await advance(tx, position, settled)) || !settled.exit) continue;
    await recordExit(tx, { context, newId }, { position, exit: settled.exit });
    closed += 1;
  }
  return closed;
};
