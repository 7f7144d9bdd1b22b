import { aggregateCandles } from "../../market/aggregate-candles";
import { candleCloseTime, type Candle } from "../../market/candle";
import type { ReadCandles } from "../../market/candle-range";
import type { Timeframe } from "../../market/timeframe";
import type { MarketTerms } from "../../ports";
import type { SlotMarket, SlotMarkets } from "../slot-market";
import type { ShownPrices } from "../view-market";

/** Reads 5-minute candles of one market, and longer ones aggregated from them, each timeframe once. */
const readerOf = (finest: readonly Candle[]): ReadCandles => {
  const made = new Map<Timeframe, readonly Candle[]>([["5m", finest]]);
  return ({ timeframe, from, closedBy }) => {
    const all = made.get(timeframe) ?? aggregateCandles(finest, { from: "5m", to: timeframe });
    made.set(timeframe, all);
    return all.filter((candle) => candle.openTime >= from && candleCloseTime(candle, timeframe) <= closedBy);
  };
};

export type ListedMarket = { readonly id: number; readonly rules: MarketTerms; readonly finest: readonly Candle[] };

/** The markets of these candles at any slot, with their quotes at that slot. */
export const createSlots = (listed: readonly ListedMarket[]) => {
  const readers = listed.map((market) => ({ market, candles: readerOf(market.finest) }));
  return (shownOf: (listed: ListedMarket) => ShownPrices | null): SlotMarkets => ({
    finestTimeframe: "5m",
    traded: readers.map(({ market, candles }): SlotMarket => {
      const { id, rules } = market;
      return { id, rules, candles, shown: shownOf(market) };
    }),
    held: [],
  });
};

/** A quiet order book around the last close, and the open of the candle that opens at `time` (ms). */
export const quoteAt = (finest: readonly Candle[], time: number): ShownPrices => {
  const last = finest.findLast((candle) => candleCloseTime(candle, "5m") <= time)?.close ?? 100;
  const open = finest.find(({ openTime }) => openTime === time)?.open;
  return {
    referencePrice: open === undefined ? null : String(open),
    bid: (last * 0.9999).toFixed(4),
    ask: (last * 1.0001).toFixed(4),
    quoteVolume24h: "50000000",
    fundingRate: "0.0001",
  };
};
