import { viewPortfolio } from "~/trading/cycle/view-portfolio";
import { dayStartOf } from "~/trading/market/day-start";
import { rememberEquity, type EquityMemory } from "~/trading/portfolio/equity-memory";
import type { PortfolioView } from "~/trading/risk/basis/risk-context";
import type { BotContext } from "../bot-context";
import { fromColumn } from "../db/amounts";
import type { Transaction } from "../db/client";
import { loadBalances } from "./ledger";
import { loadOpenPositions, type StoredPosition } from "./positions";

type Amount = { toString(): string };
type PointRow = { readonly at: Date; readonly equity: Amount; readonly peak: Amount };

/** The points of the slot's UTC day, and the last point at or before that day's first midnight. */
const loadEquityMemory = async (tx: Transaction, botId: string, slot: number): Promise<EquityMemory | null> => {
  const dayStart = new Date(dayStartOf(slot));
  const rows = await tx.$queryRaw<PointRow[]>`
    SELECT at, equity, peak FROM equity_points WHERE bot_id = ${botId}::uuid AND at >= coalesce(
      (SELECT at FROM equity_points WHERE bot_id = ${botId}::uuid AND at <= ${dayStart} ORDER BY at DESC LIMIT 1),
      ${dayStart}) ORDER BY at`;
  return rows
    .map(({ at, equity, peak }) => ({ at: at.getTime(), equity: fromColumn(equity), peak: fromColumn(peak) }))
    .reduce<EquityMemory | null>(rememberEquity, null);
};

/** A bot's books at a slot, read under its lock: what the gate judges by and what is executed on. */
export const loadPortfolioView = async (
  tx: Transaction,
  { botId, initialCapital }: BotContext,
  slot: number,
): Promise<PortfolioView & { readonly positions: readonly StoredPosition[] }> => {
  const positions = await loadOpenPositions(tx, botId);
  const balances = await loadBalances(tx, botId);
  const memory = await loadEquityMemory(tx, botId, slot);
  return viewPortfolio({ initialCapital, balances, positions, memory }, slot);
};
