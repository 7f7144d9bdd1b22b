import { aggregateCandles } from "~/trading/market/aggregate-candles";
import { closedCandles, type Candle } from "~/trading/market/candle";
import type { CandleRequest, MarketData, MarketRules } from "~/trading/ports";

export type MemoryMarket = MarketData & {
  /** Every request for candles, in order. */
  readonly requests: CandleRequest[];
  /** The venue's time, ms: nothing that closes later is shown. */
  now: number;
  /** The finest candles, per pair; longer ones are made of them. */
  readonly candles: Map<string, Candle[]>;
};

export const MEMORY_TIMEFRAME = "5m";

/** The trading rules of a swap that trades in fine steps. */
export const memoryRules = (pair: string): MarketRules => ({
  pair,
  marketType: "swap",
  tick: "0.01",
  lot: "0.001",
  contractSize: "0.001",
  quantityMin: "0.001",
  notionalMin: "1",
  leverageMax: 50,
});

/** A venue in memory that counts what it is asked, with a quiet order book around the last close. */
export const createMemoryMarket = (candles: Map<string, Candle[]>, now: number): MemoryMarket => {
  const market: MemoryMarket = {
    requests: [],
    now,
    candles,
    listMarkets: () => Promise.resolve([...candles.keys()].map(memoryRules)),
    fetchCandles: (request) => {
      market.requests.push(request);
      const { pair, timeframe, from, through } = request;
      const finest = candles.get(pair) ?? [];
      const all =
        timeframe === MEMORY_TIMEFRAME ? finest : aggregateCandles(finest, { from: MEMORY_TIMEFRAME, to: timeframe });
      const wanted = all.filter((candle) => candle.openTime >= from && candle.openTime <= through);
      return Promise.resolve(closedCandles(wanted, timeframe, market.now));
    },
    fetchOpenPrice: ({ pair, openTime }) => {
      const candle = candles.get(pair)?.find((each) => each.openTime === openTime);
      return Promise.resolve(candle && openTime <= market.now ? String(candle.open) : null);
    },
    fetchTicker: ({ pair }) => {
      const last = closedCandles(candles.get(pair) ?? [], MEMORY_TIMEFRAME, market.now).at(-1)?.close ?? 100;
      const [bid, ask] = [(last * 0.9999).toFixed(4), (last * 1.0001).toFixed(4)];
      return Promise.resolve({
        time: market.now,
        last: String(last),
        bid,
        ask,
        baseVolume24h: null,
        quoteVolume24h: "50000000",
      });
    },
    fetchFundingRate: () => Promise.resolve({ ratePer8h: "0.0001", nextAt: null }),
    fetchOpenInterest: () => Promise.resolve(null),
    fetchTime: () => Promise.resolve(market.now),
  };
  return market;
};
