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

/** An open position and the fee that its entry has cost. */
type OpenProfit = Pick<Position, "side" | "entryPrice" | "mark" | "quantity"> & { readonly fees: Decimal };

export type Profit = {
  readonly total: Decimal;
  readonly closed: ClosedProfit;
  readonly unrealized: Decimal;
  readonly openFees: Decimal;
};

/**
 * What a bot has made since its capital came in: total = closed net + unrealised P&L at the stored marks - fees paid for
 * open entries. By the postings of entry and exit (TRADING 6) that is equity less capital, to the last digit.
 */
export const summarizeProfit = (closed: ClosedProfit, open: readonly OpenProfit[]): Profit => {
  const unrealized = sumOf(open.map(unrealizedPnl));
  const openFees = sumOf(open.map(({ fees }) => fees));
  return { total: closed.net.plus(unrealized).minus(openFees), closed, unrealized, openFees };
};
