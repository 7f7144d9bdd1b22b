import type { PositionSide } from "./position-side";
import type { TradingPair } from "../market/trading-pair";
import type { Decimal } from "../money";
import type { ExitReason } from "./exit-reason";

/**
 * A closed round trip. `grossPnl` is taken at reference prices, so that
 * realizedPnl = grossPnl - slippage - fees + funding. Amounts in quote, times in ms of venue time.
 */
export type Trade = {
  readonly positionId: string;
  readonly pair: TradingPair;
  readonly side: PositionSide;
  readonly quantity: Decimal;
  readonly entryPrice: Decimal;
  readonly exitPrice: Decimal;
  readonly enteredAt: number;
  readonly exitedAt: number;
  readonly grossPnl: Decimal;
  readonly fees: Decimal;
  readonly funding: Decimal;
  readonly slippage: Decimal;
  readonly realizedPnl: Decimal;
  readonly exitReason: ExitReason;
};
