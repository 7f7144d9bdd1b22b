import fc from "fast-check";
import type { Candle } from "../../candle";
import { createSeededRandom, createSyntheticCandles } from "../../synthetic-candles";
import { timeframeMs, type Timeframe } from "../../timeframe";

type OddMarket = {
  readonly seed: number;
  readonly count: number;
  readonly startPrice: number;
  readonly volatility: number;
  /** The share of candles at which each of these begins. */
  readonly share: number;
  readonly timeframe: Timeframe;
};

const FLAT_CANDLES = 45;
const GAP_MAX = 30;

/** A random walk with missing candles, short and long outages, flat stretches, volumes of 0 and unknown ones. */
const createOddCandles = ({ share, timeframe, ...market }: OddMarket): Candle[] => {
  const random = createSeededRandom(market.seed);
  const candles: Candle[] = [];
  let missing = 0;
  let flat = 0;
  for (const candle of createSyntheticCandles({ ...market, timeframe })) {
    if (random() < share) missing += Math.ceil(random() * (random() < 0.3 ? GAP_MAX : 2)) * timeframeMs(timeframe);
    if (random() < share / 4) flat = FLAT_CANDLES;
    flat -= 1;
    const odd = random();
    const volume = odd < share / 2 ? null : odd < share * 2 ? 0 : candle.volume;
    const last = candles.at(-1)?.close ?? candle.close;
    const prices = flat > 0 ? { open: last, high: last, low: last, close: last } : {};
    candles.push({ ...candle, ...prices, openTime: candle.openTime + missing, volume });
  }
  return candles;
};

/** Markets as no exchange shows them, of prices from a billionth to a billion. */
export const oddMarkets = (timeframe: Timeframe, count: { readonly min: number; readonly max: number }) =>
  fc
    .record({
      seed: fc.integer({ min: 1, max: 2 ** 31 }),
      count: fc.integer(count),
      startPrice: fc.constantFrom(1e-9, 0.37, 100, 30_000, 1e9),
      volatility: fc.constantFrom(0, 0.0001, 0.01, 0.1),
      share: fc.constantFrom(0, 0.01, 0.05),
      timeframe: fc.constant(timeframe),
    })
    .map(createOddCandles);
