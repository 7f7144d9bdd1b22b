import { changeOver, valueOver, type MarketCandles, type MarketHorizon } from "./market-horizon";

/** One side's change must exceed this multiple of the other's for money to be moving there. */
const LEAD = 1.2;

/**
 * Changes are fractions, those of several markets weighted by the quote value they traded. `unknown` names the markets
 * that were left out because a candle or a volume is missing. A reading of prices and volumes, not of transfers.
 */
export type CapitalFlows = {
  readonly state: "into-btc" | "into-alts" | "out-of-crypto" | "balanced" | "unknown";
  readonly bitcoinChange: number | null;
  readonly altsChange: number | null;
  readonly totalChange: number | null;
  readonly unknown: readonly string[];
};

type Flow = { readonly change: number; readonly value: number };

/** Out of crypto where both fell; else into the side that rose more than 1.2 x as much as the other. */
export const measureCapitalFlows = (
  markets: { readonly bitcoin: MarketCandles; readonly others: readonly MarketCandles[] },
  horizon: MarketHorizon,
): CapitalFlows => {
  const bitcoin = flowOf(markets.bitcoin, horizon);
  const others = markets.others.map((market) => ({ pair: market.pair, flow: flowOf(market, horizon) }));
  const alts = others.flatMap(({ flow }) => (flow === null ? [] : [flow]));
  const bitcoinChange = bitcoin && bitcoin.change;
  const altsChange = weightedChange(alts);
  const unknown = others.filter(({ flow }) => flow === null).map(({ pair }) => pair);
  return {
    state: bitcoinChange === null || altsChange === null ? "unknown" : stateOf(bitcoinChange, altsChange),
    bitcoinChange,
    altsChange,
    totalChange: bitcoin === null || altsChange === null ? null : weightedChange([bitcoin, ...alts]),
    unknown: bitcoin === null ? [markets.bitcoin.pair, ...unknown] : unknown,
  };
};

const flowOf = ({ candles }: MarketCandles, horizon: MarketHorizon): Flow | null => {
  const change = changeOver(candles, horizon);
  const value = valueOver(candles, horizon);
  return change === null || value === null ? null : { change, value };
};

const weightedChange = (flows: readonly Flow[]): number | null => {
  let [sum, value] = [0, 0];
  for (const flow of flows) {
    sum += flow.change * flow.value;
    value += flow.value;
  }
  return value > 0 ? sum / value : null;
};

const stateOf = (bitcoin: number, alts: number): CapitalFlows["state"] => {
  if (bitcoin < 0 && alts < 0) return "out-of-crypto";
  if (bitcoin > 0 && bitcoin > LEAD * alts) return "into-btc";
  return alts > 0 && alts > LEAD * bitcoin ? "into-alts" : "balanced";
};
