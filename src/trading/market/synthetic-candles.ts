import type { Candle } from "./candle";
import { timeframeMs, type Timeframe } from "./timeframe";

/** `volatility` is the standard deviation of one candle's return, a fraction (0.006 = 0.6 %). */
export type SyntheticMarket = {
  readonly seed: number;
  readonly count: number;
  readonly volatility: number;
  readonly timeframe?: Timeframe;
  readonly startTime?: number;
  readonly startPrice?: number;
  readonly meanVolume?: number;
};

const STEPS_PER_CANDLE = 24;
/** 2024-01-01T00:00Z, where synthetic time begins. */
const SYNTHETIC_START = 1_704_067_200_000;
/** The standard deviation of uniform numbers of -1..1. */
const UNIFORM_DEVIATION = 1 / Math.sqrt(3);
/** As venues tell volumes: in whole parts of a coin. */
const VOLUME_PARTS = 1e4;
/** The mean range of a random walk's candle, in standard deviations of its return (Feller 1951). */
const MEAN_RANGE = Math.sqrt(8 / Math.PI);

/** Uniform numbers of [0, 1), the same for one seed on every machine: mulberry32, integer arithmetic only. */
export const createSeededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * A market that nobody can predict: a geometric random walk without drift (each step multiplies the price by one plus a
 * uniform number of mean zero). It takes several steps inside each candle, so that highs and lows are as wide as those
 * of a walk. Volume grows with the candle's range. A pure function of its arguments. Throws RangeError for a volatility
 * outside 0..0.1.
 */
export const createSyntheticCandles = (market: SyntheticMarket): Candle[] => {
  const { seed, count, volatility, timeframe = "1h", startTime = SYNTHETIC_START } = market;
  if (!(volatility >= 0 && volatility <= 0.1)) {
    throw new RangeError(`volatility is a fraction of 0..0.1, was ${volatility}`);
  }
  const random = createSeededRandom(seed);
  const step = volatility / Math.sqrt(STEPS_PER_CANDLE) / UNIFORM_DEVIATION;
  const candles: Candle[] = [];
  let price = market.startPrice ?? 100;
  for (let index = 0; index < count; index += 1) {
    const walked = walkCandle(price, step, random);
    const range = volatility === 0 ? 0 : (walked.high - walked.low) / (walked.open * volatility * MEAN_RANGE);
    const traded = (market.meanVolume ?? 1000) * range * (0.5 + random());
    const volume = Math.round(traded * VOLUME_PARTS) / VOLUME_PARTS;
    candles.push({ openTime: startTime + index * timeframeMs(timeframe), ...walked, volume });
    price = walked.close;
  }
  return candles;
};

const walkCandle = (open: number, step: number, random: () => number): Omit<Candle, "openTime" | "volume"> => {
  let close = open;
  let high = open;
  let low = open;
  for (let index = 0; index < STEPS_PER_CANDLE; index += 1) {
    close *= 1 + step * (2 * random() - 1);
    if (close > high) high = close;
    if (close < low) low = close;
  }
  return { open, high, low, close };
};
