import type { ExchangeFill } from "~/trading/execution/exchange";
import { entrySideOf, exitSideOf } from "~/trading/execution/fill-market-order";
import { ZERO, type Decimal } from "~/trading/money";
import type { ExitReason } from "~/trading/portfolio/exit-reason";
import { reducePosition, type PastFills } from "~/trading/portfolio/apply-fill";
import { planRest } from "~/trading/portfolio/exit-plan";
import type { ExitTerms } from "~/trading/portfolio/exit-terms";
import type { Trade } from "~/trading/portfolio/trade";
import { fromColumn, toColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { writeTogether } from "../db/insert-rows";
import type { BotContext } from "../bot-context";
import { appendLiveEvent } from "../live/append-live-event";
import { insertPosting } from "./ledger";
import type { StoredPosition } from "./positions";
import { insertFill } from "./record-fill";

type Amount = { toString(): string };

export type ExitBooking = {
  readonly orderId: string;
  readonly fillId: string;
  /** Its venue time is the candle's, not ours. */
  readonly fill: ExchangeFill;
  /** When it could first be booked, ms of venue time. */
  readonly bookedAt: number;
  readonly reason: ExitReason;
  /** Funding that what leaves still gets; absent: none. */
  readonly funding?: Decimal;
  /** Of an exit that a mode asked for: how the rest is closed, where it leaves one. */
  readonly termsOfRest?: { readonly terms: ExitTerms | null; readonly tick: string };
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

type FillSums = Record<"entryValue" | "entryQuantity" | "exitValue" | "exitQuantity" | "fees" | "slippage", Amount>;

/** Sums over a position's fills, and when the last of it was posted (ms). An unknown slippage counts as none. */
const loadPast = async (tx: Transaction, { id, side }: StoredPosition): Promise<PastFills & { postedAt: number }> => {
  const entrySide = entrySideOf(side);
  const [sums] = await tx.$queryRaw<[FillSums]>`
    SELECT coalesce(sum(price * quantity) FILTER (WHERE side::text = ${entrySide}), 0) AS "entryValue",
      coalesce(sum(quantity) FILTER (WHERE side::text = ${entrySide}), 0) AS "entryQuantity",
      coalesce(sum(price * quantity) FILTER (WHERE side::text <> ${entrySide}), 0) AS "exitValue",
      coalesce(sum(quantity) FILTER (WHERE side::text <> ${entrySide}), 0) AS "exitQuantity",
      coalesce(sum(fee), 0) AS fees, coalesce(sum(slippage), 0) AS slippage
    FROM fills WHERE position_id = ${id}::uuid`;
  const [posted] = await tx.$queryRaw<[{ pnl: Amount | null; funding: Amount | null; at: Date | null }]>`
    SELECT -sum(amount) FILTER (WHERE account = 'realized-pnl') AS pnl,
      -sum(amount) FILTER (WHERE account = 'funding') AS funding, max(posted_at) AS at
    FROM ledger_entries WHERE position_id = ${id}::uuid`;
  return {
    entryValue: fromColumn(sums.entryValue),
    entryQuantity: fromColumn(sums.entryQuantity),
    exitValue: fromColumn(sums.exitValue),
    exitQuantity: fromColumn(sums.exitQuantity),
    fees: fromColumn(sums.fees),
    slippage: fromColumn(sums.slippage),
    pnl: fromColumn(posted.pnl ?? 0),
    funding: fromColumn(posted.funding ?? 0),
    postedAt: posted.at?.getTime() ?? 0,
  };
};

const recordTrade = async (tx: Transaction, botId: string, { marketId, trade }: { marketId: number; trade: Trade }) => {
  await tx.trade.create({
    data: {
      positionId: trade.positionId,
      botId,
      marketId,
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
};

/**
 * Books a fill that takes from a position, in the caller's transaction: fill, ledger and what is left; with the last of
 * it the position is closed and its trade written.
 */
export const bookExit = async (
  tx: Transaction,
  context: Pick<BotContext, "botId" | "userId" | "currency" | "venue" | "account">,
  {
    position,
    fill,
    fillId,
    orderId,
    reason,
    termsOfRest,
    funding = ZERO,
    ...exit
  }: ExitBooking & { readonly position: StoredPosition },
): Promise<void> => {
  const { id: positionId, marketId } = position;
  const { postedAt, ...past } = await loadPast(tx, position);
  const side = exitSideOf(position.side);
  const reduced = reducePosition(position, {
    fillId,
    fill: { ...fill, side, slippage: fill.slippage ?? ZERO },
    filledAt: fill.filledAt,
    // An entry booked late is posted late, and its exit never before it.
    bookedAt: Math.max(exit.bookedAt, postedAt),
    reason,
    past,
    funding,
  });
  await writeTogether(tx, [
    insertFill(context, { fillId, orderId, positionId, marketId, side, fill }),
    insertPosting(reduced.transaction, { botId: context.botId, currency: context.currency, positionId, fillId }),
  ]);
  const left = reduced.position;
  await tx.position.update({
    where: { id: positionId },
    data: left
      ? {
          quantity: toColumn(left.quantity),
          margin: toColumn(left.margin),
          ...(termsOfRest && { exitPlan: planRest(position.exitPlan, position, { reason, ...termsOfRest }) }),
        }
      : { quantity: "0", margin: "0", closedAt: new Date(fill.filledAt) },
  });
  if (!reduced.trade) return;
  await recordTrade(tx, context.botId, { marketId, trade: reduced.trade });
  tellClosed(tx, context, reduced.trade);
};
