import { aggregateCandles } from "~/trading/market/aggregate-candles";
import { closedCandles, type Candle } from "~/trading/market/candle";
import type { CandleRequest, MarketData, MarketRef, MarketRules } from "~/trading/ports";

export type MemoryMarket = MarketData & {
  /** Every request for candles, in order. */
  readonly requests: CandleRequest[];
  /** The venue's time, ms: nothing that closes later is shown. */
  now: number;
  /** The finest candles, per pair; longer ones are made of them. */
  readonly candles: Map<string, Candle[]>;
  /** Those of spot markets that move in another way than the swap of their pair. */
  readonly spot: Map<string, Candle[]>;
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
  const spot = new Map<string, Candle[]>();
  const finestOf = ({ pair, marketType }: MarketRef): readonly Candle[] =>
    (marketType === "spot" && spot.get(pair)) || (candles.get(pair) ?? []);
  const market: MemoryMarket = {
    requests: [],
    now,
    candles,
    spot,
    listMarkets: () => Promise.resolve([...candles.keys()].map(memoryRules)),
    fetchCandles: (request) => {
      market.requests.push(request);
      const { timeframe, from, through } = request;
      const finest = finestOf(request);
      const all =
        timeframe === MEMORY_TIMEFRAME ? finest : aggregateCandles(finest, { from: MEMORY_TIMEFRAME, to: timeframe });
      const wanted = all.filter((candle) => candle.openTime >= from && candle.openTime <= through);
      return Promise.resolve(closedCandles(wanted, timeframe, market.now));
    },
    fetchOpenPrice: ({ openTime, ...asked }) => {
      const candle = finestOf(asked).find((each) => each.openTime === openTime);
      return Promise.resolve(candle && openTime <= market.now ? String(candle.open) : null);
    },
    fetchTicker: (asked) => {
      const last = closedCandles(finestOf(asked), MEMORY_TIMEFRAME, market.now).at(-1)?.close ?? 100;
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
