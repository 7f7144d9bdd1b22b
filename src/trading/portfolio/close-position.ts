import type { MarketFill } from "../execution/fill-market-order";
import { ZERO, type Decimal } from "../money";
import type { ExitReason } from "./exit-reason";
import { postExit, type LedgerTransaction } from "./ledger";
import { pricePnl, type Position } from "./position";
import type { Trade } from "./trade";

/** What a whole close books: the ledger transaction and the closed round trip. */
export type ClosedPosition = { readonly transaction: LedgerTransaction; readonly trade: Trade };

export type Closing = {
  readonly fillId: string;
  readonly fill: MarketFill;
  /** When the fill happened and when it could first be booked (ms, venue time). Both come from the candle. */
  readonly filledAt: number;
  readonly bookedAt: number;
  readonly reason: ExitReason;
  /** Fee and slippage of the entry. */
  readonly entryCosts: { readonly fee: Decimal; readonly slippage: Decimal };
  /** Funding that was paid to the position before, and what this exit still brings of it; absent: none. */
  readonly fundedBefore?: Decimal;
  readonly funding?: Decimal;
};

/** Closes a position with one fill of its whole quantity. */
export const closePosition = (position: Position, closing: Closing): ClosedPosition => {
  const { fill, entryCosts, fundedBefore = ZERO, funding = ZERO } = closing;
  const funded = fundedBefore.plus(funding);
  const pnl = pricePnl(position.side, { entry: position.entryPrice, exit: fill.price }, position.quantity);
  const fees = entryCosts.fee.plus(fill.fee);
  const slippage = entryCosts.slippage.plus(fill.slippage);
  return {
    transaction: postExit({
      fillId: closing.fillId,
      at: closing.bookedAt,
      margin: position.margin,
      pnl,
      fee: fill.fee,
      funding,
    }),
    trade: {
      positionId: position.id,
      pair: position.pair,
      side: position.side,
      quantity: position.quantity,
      entryPrice: position.entryPrice,
      exitPrice: fill.price,
      enteredAt: position.openedAt,
      exitedAt: closing.filledAt,
      grossPnl: pnl.plus(slippage),
      fees,
      funding: funded,
      slippage,
      realizedPnl: pnl.minus(fees).plus(funded),
      exitReason: closing.reason,
    },
  };
};
