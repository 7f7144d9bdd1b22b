import { aggregateCandles } from "~/trading/market/aggregate-candles";
import { closedCandles } from "~/trading/market/candle";
import type { MarketData, MarketRef, MarketRules } from "~/trading/ports";
import { VenueError } from "~/trading/venue-error";
import { toPlain, decimal } from "~/trading/money";
import type { MarketWorld, ShownWorld } from "./market-data-contract";

const STEPS = { tick: "0.1", lot: "0.01", contractSize: "1", quantityMin: "0.01", notionalMin: null, leverageMax: 3 };

/** A minimal adapter: all that a new venue kind needs, apart from its line in the catalogue. */
export const createToyVenue = (world: MarketWorld): ShownWorld => {
  let now = world.now;
  const rules: readonly MarketRules[] = [world.swap, world.spot].map((market) => ({ ...market, ...STEPS }));
  /** The finest candles of a market that is listed. */
  const candlesOf = ({ pair, marketType }: MarketRef) => {
    const isListed = rules.some((each) => each.pair === pair && each.marketType === marketType);
    if (!isListed) throw new VenueError("refused", `there is no ${pair} here`);
    return world.candlesOf({ pair, marketType });
  };
  const market: MarketData = {
    listMarkets: () => Promise.resolve([...rules]),
    // Each is async, so that a refusal is a promise that fails, as over a wire.
    fetchCandles: async ({ timeframe, from, through, ...ref }) => {
      const finest = candlesOf(ref);
      const all = timeframe === "5m" ? [...finest] : aggregateCandles(finest, { from: "5m", to: timeframe });
      const wanted = all.filter(({ openTime }) => openTime >= from && openTime <= through);
      return Promise.resolve(closedCandles(wanted, timeframe, now));
    },
    fetchOpenPrice: async ({ openTime, ...ref }) => {
      const candle = candlesOf(ref).find((each) => each.openTime === openTime && openTime <= now);
      return Promise.resolve(candle ? toPlain(decimal(candle.open)) : null);
    },
    fetchTicker: async (ref) => {
      const last = closedCandles([...candlesOf(ref)], "5m", now).at(-1);
      if (!last) throw new VenueError("bad-response", `${ref.pair} has no price yet`);
      const unknown = { bid: null, ask: null, baseVolume24h: null, quoteVolume24h: null };
      return Promise.resolve({ time: now, last: toPlain(decimal(last.close)), ...unknown });
    },
    fetchFundingRate: () => Promise.resolve(null),
    fetchOpenInterest: () => Promise.resolve(null),
    fetchTime: () => Promise.resolve(now),
  };
  const setTime = (time: number): void => {
    now = time;
  };
  return { market, setTime, close: () => Promise.resolve() };
};
