import type { Decimal } from "../money";
import type { Trade } from "../portfolio/trade";

/** A closed trade, and what its stop put at risk when it was opened (quote, > 0); null: it had no stop. */
export type RiskedTrade = { readonly trade: Trade; readonly risk: Decimal | null };

/** Net results in R, units of what was put at risk (Tharp, Trade Your Way to Financial Freedom); only of those with a stop. */
export const resultsInR = (trades: readonly RiskedTrade[]): number[] =>
  trades.flatMap(({ trade, risk }) => (risk?.gt(0) === true ? [trade.realizedPnl.div(risk).toNumber()] : []));
