import { decimal, type Decimal } from "../../money";

/**
 * How a trade ended: its net profit and its value at entry, both as decimal text in quote currency, as if what its bot's
 * account gave the bot since, and got back, had come and gone before it.
 */
export type PastResult = {
  readonly marketId: number;
  /** ms of venue time. */
  readonly exitedAt: number;
  readonly realizedPnl: string;
  readonly notional: string;
};

/** No more than these last trades are remembered, however many the remembered days had. */
export const RESULTS_MAX = 500;

/** Net profit as a fraction of the value at entry, after the fees of both sides. */
export const returnOf = ({ realizedPnl, notional }: PastResult): Decimal => decimal(realizedPnl).div(notional);
