import { sumOf, type Decimal } from "../money";
import type { Balances } from "./ledger";
import { unrealizedPnl, type Position } from "./position";

/** Equity at an instant with its parts: equity = cash + margin + unrealised P&L, exactly. */
export type Equity = {
  readonly equity: Decimal;
  readonly cash: Decimal;
  readonly margin: Decimal;
  readonly unrealizedPnl: Decimal;
};

/** Cash and margin are folds of the ledger; unrealised P&L uses each position's stored mark. */
export const computeEquity = (
  balances: Pick<Balances, "cash" | "margin">,
  positions: readonly Pick<Position, "side" | "entryPrice" | "mark" | "quantity">[],
): Equity => {
  const unrealized = sumOf(positions.map(unrealizedPnl));
  return {
    equity: balances.cash.plus(balances.margin).plus(unrealized),
    cash: balances.cash,
    margin: balances.margin,
    unrealizedPnl: unrealized,
  };
};

/** How far equity is below its peak, as a fraction of the peak; 0 when there is no peak yet. */
export const drawdownFraction = (equity: Decimal, peak: Decimal): Decimal =>
  peak.lte(0) ? peak.times(0) : peak.minus(equity).div(peak);
