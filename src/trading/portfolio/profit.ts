import { sumOf, type Decimal } from "../money";
import { unrealizedPnl, type Position } from "./position";

/** What closed trades made, in quote currency: net = gross - slippage - fees + funding. */
export type ClosedProfit = {
  readonly gross: Decimal;
  readonly slippage: Decimal;
  readonly fees: Decimal;
  readonly funding: Decimal;
  readonly net: Decimal;
};

/** An open position, its fees and funding so far, and the profit of its closed parts before fees. */
type OpenProfit = Pick<Position, "side" | "entryPrice" | "mark" | "quantity"> & {
  readonly fees: Decimal;
  readonly realized: Decimal;
  readonly funding: Decimal;
};

export type Profit = {
  readonly total: Decimal;
  readonly closed: ClosedProfit;
  /** Profit of open positions: at their marks, plus that of their closed parts. */
  readonly unrealized: Decimal;
  readonly openFees: Decimal;
  /** Negative where the open positions paid. */
  readonly openFunding: Decimal;
};

/**
 * What a bot has made since its capital came in: total = closed net + P&L of open positions at the stored marks - fees
 * of open positions + their funding. By the postings of entry, exit and funding (TRADING 6) that equals equity less capital, to the last digit.
 */
export const summarizeProfit = (closed: ClosedProfit, open: readonly OpenProfit[]): Profit => {
  const unrealized = sumOf(open.map((position) => unrealizedPnl(position).plus(position.realized)));
  const openFees = sumOf(open.map(({ fees }) => fees));
  const openFunding = sumOf(open.map(({ funding }) => funding));
  const total = closed.net.plus(unrealized).minus(openFees).plus(openFunding);
  return { total, closed, unrealized, openFees, openFunding };
};
