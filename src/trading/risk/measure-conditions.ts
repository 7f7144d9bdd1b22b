import type { Candle } from "../market/candle";
import { contiguousTail } from "../market/decision-window";
import { DAY_MS } from "../market/duration";
import { createAtr } from "../market/indicators/atr";
import { computeLast } from "../market/indicators/indicator";
import { createSma } from "../market/indicators/sma";
import { timeframeMs, type Timeframe } from "../market/timeframe";
import type { MarketConditions } from "./basis/risk-context";

const ATR_PERIOD = 14;
const TREND_PERIOD = 200;
/** The most returns that a volatility is measured by, and the fewest with which it means something. */
const RETURNS = { most: 100, least: 30 } as const;
const YEAR_MS = 365 * DAY_MS;

/** A fraction of a price that is above 0; null where either is not known. */
const shareOf = (value: number | undefined, price: number | undefined): number | null =>
  value === undefined || price === undefined || !(price > 0) ? null : value / price;

/** Sample standard deviation of the log returns of consecutive candles, scaled to a year by its root. */
const yearlyVolatility = (candles: readonly Candle[], timeframe: Timeframe): number | null => {
  const step = timeframeMs(timeframe);
  const returns = candles.slice(-RETURNS.most - 1).flatMap(({ openTime, close }, index, all) => {
    const before = all[index - 1];
    return before && openTime - before.openTime === step ? [Math.log(close / before.close)] : [];
  });
  if (returns.length < RETURNS.least) return null;
  const mean = returns.reduce((sum, each) => sum + each, 0) / returns.length;
  const variance = returns.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (returns.length - 1);
  return Math.sqrt(variance * (YEAR_MS / step));
};

/** How a market moves by its closed decision candles, ascending; those before a long gap are not read. */
export const measureConditions = (candles: readonly Candle[], timeframe: Timeframe): MarketConditions => {
  const known = contiguousTail(candles, timeframe);
  const closes = known.map(({ close }) => close);
  const last = closes.at(-1);
  const average = computeLast(createSma(TREND_PERIOD), closes);
  return {
    rangeFraction: shareOf(computeLast(createAtr(ATR_PERIOD), known), last),
    trendFraction: shareOf(last === undefined || average === undefined ? undefined : last - average, average),
    yearlyVolatility: yearlyVolatility(known, timeframe),
  };
};

/** The same, measured once a rule or a size asks for it: few settings do. */
export const conditionsWhenAsked = (candles: readonly Candle[], timeframe: Timeframe): MarketConditions => {
  let measured: MarketConditions | null = null;
  const read = (): MarketConditions => (measured ??= measureConditions(candles, timeframe));
  return {
    get rangeFraction() {
      return read().rangeFraction;
    },
    get trendFraction() {
      return read().trendFraction;
    },
    get yearlyVolatility() {
      return read().yearlyVolatility;
    },
  };
};
