import { aggregateCandles } from "~/trading/market/aggregate-candles";
import { closedCandles, type Candle } from "~/trading/market/candle";
import type { CandleRequest, MarketData, MarketRef, MarketRules } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";

export type MemoryMarket = MarketData & {
  /** Every request for candles, in order. */
  readonly requests: CandleRequest[];
  /** The venue's time, ms: nothing that closes later is shown. */
  now: number;
  /** The finest candles, per pair; longer ones are made of them. */
  readonly candles: Map<string, Candle[]>;
  /** Those of spot markets that move in another way than the swap of their pair. */
  readonly spot: Map<string, Candle[]>;
  /** Pairs that it does not know any more. */
  readonly delisted: Set<string>;
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
  const delisted = new Set<string>();
  const orRefuse = <Value>({ pair }: MarketRef, value: () => Value): Promise<Value> =>
    delisted.has(pair) ? Promise.reject(new VenueError("refused", `no market ${pair}`)) : Promise.resolve(value());
  const market: MemoryMarket = {
    delisted,
    requests: [],
    now,
    candles,
    spot,
    listMarkets: () => Promise.resolve([...candles.keys()].filter((pair) => !delisted.has(pair)).map(memoryRules)),
    fetchCandles: (request) => {
      market.requests.push(request);
      const { timeframe, from, through } = request;
      const finest = finestOf(request);
      const all =
        timeframe === MEMORY_TIMEFRAME ? finest : aggregateCandles(finest, { from: MEMORY_TIMEFRAME, to: timeframe });
      const wanted = all.filter((candle) => candle.openTime >= from && candle.openTime <= through);
      return orRefuse(request, () => closedCandles(wanted, timeframe, market.now));
    },
    fetchOpenPrice: ({ openTime, ...asked }) => {
      const candle = finestOf(asked).find((each) => each.openTime === openTime);
      return orRefuse(asked, () => (candle && openTime <= market.now ? String(candle.open) : null));
    },
    fetchTicker: (asked) => {
      const last = closedCandles(finestOf(asked), MEMORY_TIMEFRAME, market.now).at(-1)?.close ?? 100;
      const [bid, ask] = [(last * 0.9999).toFixed(4), (last * 1.0001).toFixed(4)];
      return orRefuse(asked, () => ({
        time: market.now,
        last: String(last),
        bid,
        ask,
        baseVolume24h: null,
        quoteVolume24h: "50000000",
      }));
    },
    fetchFundingRate: (asked) => orRefuse(asked, () => ({ ratePer8h: "0.0001", nextAt: null })),
    fetchOpenInterest: (asked) => orRefuse(asked, () => null),
    fetchTime: () => Promise.resolve(market.now),
  };
  return market;
};
