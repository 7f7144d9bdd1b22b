import type { Candle } from "../market/candle";
import type { Position } from "../portfolio/position";
import { correlateReturns } from "../risk/correlate-returns";
import type { CorrelationView } from "../risk/basis/risk-context";

/** Correlates a pair's returns with those of open positions, by each pair's candles; a pair without any is unknown. */
export const correlateOpen =
  (series: ReadonlyMap<string, readonly Candle[]>) =>
  (pair: string, open: readonly Pick<Position, "pair">[]): CorrelationView[] =>
    open.map((position) => ({
      pair: position.pair,
      value: correlateReturns(series.get(pair) ?? [], series.get(position.pair) ?? []),
    }));
