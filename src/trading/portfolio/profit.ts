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

/** An open position, the fees that it has cost, and what parts that left it have made before fees. */
type OpenProfit = Pick<Position, "side" | "entryPrice" | "mark" | "quantity"> & {
  readonly fees: Decimal;
  readonly realized: Decimal;
};

export type Profit = {
  readonly total: Decimal;
  readonly closed: ClosedProfit;
  /** Of open positions: at their marks, and of parts that have left them. */
  readonly unrealized: Decimal;
  readonly openFees: Decimal;
};

/**
 * What a bot has made since its capital came in: total = closed net + P&L of open positions at the stored marks - fees
 * they have cost. By the postings of entry and exit (TRADING 6) that is equity less capital, to the last digit.
 */
export const summarizeProfit = (closed: ClosedProfit, open: readonly OpenProfit[]): Profit => {
  const unrealized = sumOf(open.map((position) => unrealizedPnl(position).plus(position.realized)));
  const openFees = sumOf(open.map(({ fees }) => fees));
  return { total: closed.net.plus(unrealized).minus(openFees), closed, unrealized, openFees };
};
