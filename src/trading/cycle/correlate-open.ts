import type { Candle } from "../market/candle";
import { correlateReturns } from "../risk/correlate-returns";
import type { CorrelationView, MarketPosition } from "../risk/basis/risk-context";

/** Correlates a market's returns with those of each open position; null where either has too few candles. */
export const correlateOpen =
  (series: ReadonlyMap<number, readonly Candle[]>) =>
  (marketId: number, open: readonly Pick<MarketPosition, "marketId" | "pair">[]): CorrelationView[] =>
    open.map((position) => ({
      pair: position.pair,
      value: correlateReturns(series.get(marketId) ?? [], series.get(position.marketId) ?? []),
    }));
