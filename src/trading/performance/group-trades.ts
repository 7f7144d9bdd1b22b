import type { RiskedTrade } from "./risked-trade";
import { measureTrades, type TradeMetrics } from "./trade-metrics";

type Groups = Readonly<Record<string, TradeMetrics>>;
export type TradeGroups = {
  readonly pair: Groups;
  readonly side: Groups;
  readonly exitReason: Groups;
  /** By the UTC month of the exit, such as 2022-05. */
  readonly month: Groups;
};

const groupBy = (trades: readonly RiskedTrade[], keyOf: (trade: RiskedTrade["trade"]) => string): Groups => {
  const groups = new Map<string, RiskedTrade[]>();
  for (const each of trades) {
    const key = keyOf(each.trade);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const sorted = [...groups].toSorted(([first], [second]) => (first < second ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, group]) => [key, measureTrades(group)]));
};

const monthOf = (time: number): string => new Date(time).toISOString().slice(0, 7);

/** The same figures for each part of the trades. */
export const groupTrades = (trades: readonly RiskedTrade[]): TradeGroups => ({
  pair: groupBy(trades, ({ pair }) => pair),
  side: groupBy(trades, ({ side }) => side),
  exitReason: groupBy(trades, ({ exitReason }) => exitReason),
  month: groupBy(trades, ({ exitedAt }) => monthOf(exitedAt)),
});
