import { floorToGrid, timeframeMs } from "~/trading/market/timeframe";
import { maxOf, minOf, sumOf } from "~/trading/money";
import { computeEquity } from "~/trading/portfolio/equity";
import { notionalOf } from "~/trading/portfolio/position";
import type { PortfolioView } from "~/trading/risk/risk-context";
import type { BotContext } from "../bot-context";
import { fromColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { loadBalances } from "./ledger";
import { loadOpenPositions, type StoredPosition } from "./positions";

type Amount = { toString(): string } | null;
type EquityHistory = { readonly peak: Amount; readonly dayStart: Amount; readonly dayLow: Amount };

const amountOr = (value: Amount | undefined, fallback: PortfolioView["equity"]): PortfolioView["equity"] =>
  value === null || value === undefined ? fallback : fromColumn(value);

/** The start of the UTC day of a venue time, ms. */
export const dayStartOf = (time: number): number => floorToGrid(time, timeframeMs("1d"));

/** A bot's books at a slot, read under its lock: what the gate judges by and what is executed on. */
export const loadPortfolioView = async (
  tx: Transaction,
  context: BotContext,
  slot: number,
): Promise<PortfolioView & { readonly positions: readonly StoredPosition[] }> => {
  const positions = await loadOpenPositions(tx, context.botId);
  const now = computeEquity(await loadBalances(tx, context.botId), positions);
  const dayStart = new Date(dayStartOf(slot));
  const [history] = await tx.$queryRaw<EquityHistory[]>`
    SELECT (SELECT peak FROM equity_points WHERE bot_id = ${context.botId}::uuid ORDER BY at DESC LIMIT 1) AS peak,
      (SELECT equity FROM equity_points WHERE bot_id = ${context.botId}::uuid AND at <= ${dayStart} ORDER BY at DESC LIMIT 1) AS "dayStart",
      (SELECT min(equity) FROM equity_points WHERE bot_id = ${context.botId}::uuid AND at >= ${dayStart}) AS "dayLow"`;
  return {
    initialCapital: context.initialCapital,
    equity: now.equity,
    cash: now.cash,
    margin: now.margin,
    grossNotional: sumOf(positions.map(notionalOf)),
    positions,
    peakEquity: maxOf(now.equity, amountOr(history?.peak, context.initialCapital)),
    dayStartEquity: amountOr(history?.dayStart, context.initialCapital),
    dayLowEquity: minOf(now.equity, amountOr(history?.dayLow, now.equity)),
  };
};
