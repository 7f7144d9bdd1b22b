import { createRecordedMarket, type CandleLibrary } from "../../simulators/candles/candle-library";
import type { Candle } from "../../src/trading/market/candle";
import { createSyntheticCandles } from "../../src/trading/market/synthetic-candles";

/** 2024-01-01T00:00Z, ms: where synthetic time starts. */
export const SYNTHETIC_FROM = Date.UTC(2024, 0, 1);

const PAIRS = ["BTC/USDT", "ETH/USDT", "SOL/USDT"] as const;
const CANDLES_PER_DAY = 288;
/** Standard deviation of a 5m return: about 1 % an hour. */
const VOLATILITY = 0.003;
const cents = (price: number): number => Math.round(price * 100) / 100;

/** On a grid of cents, as an exchange would print it. */
const onTick = (candle: Candle): Candle => ({
  ...candle,
  open: cents(candle.open),
  high: cents(candle.high),
  low: cents(candle.low),
  close: cents(candle.close),
});

/** Driftless 5m candles of three pairs, free to ship, for tests and benchmarks. A pure function of its arguments. */
export const createSyntheticLibrary = (days: number, seed = 1): CandleLibrary => ({
  warnings: [],
  markets: PAIRS.map((pair, index) => {
    const market = {
      seed: seed * 10 + index,
      count: days * CANDLES_PER_DAY,
      volatility: VOLATILITY,
      startPrice: 1000,
      meanVolume: 5000,
    };
    const candles = createSyntheticCandles({ ...market, timeframe: "5m", startTime: SYNTHETIC_FROM }).map(onTick);
    return createRecordedMarket({ pair, marketType: "swap", timeframe: "5m", candles });
  }),
});
