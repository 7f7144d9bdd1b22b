import { DAY_MS } from "../duration";
import { timeframeMs, type Timeframe } from "../timeframe";
import { checkPrice } from "./check-indicator-input";
import type { Indicator } from "./indicator";
import { createRollingWindow } from "./rolling-window";
import { meanOf } from "./window-statistics";

/** Crypto trades every day. */
const YEAR_MS = 365 * DAY_MS;

/** The least number of returns that has a sample deviation. */
const RETURNS_MIN = 2;

/**
 * Annualised volatility of closes, a fraction: sqrt(sum((r - mean r)^2) / (n - 1)) x sqrt(candles of 365 days) over the
 * last n log returns r. Lookback n. Throws RangeError for fewer than 2 returns. Returns over a short gap count as one.
 */
export const createRealisedVolatility = (returns: number, timeframe: Timeframe): Indicator<number, number> => {
  if (!Number.isSafeInteger(returns) || returns < RETURNS_MIN) {
    throw new RangeError(`realised volatility needs a whole number of at least ${RETURNS_MIN} returns, was ${returns}`);
  }
  const perYear = Math.sqrt(YEAR_MS / timeframeMs(timeframe));
  const window = createRollingWindow<number>(returns);
  let previous: number | undefined;
  return {
    next(close) {
      checkPrice(close);
      const change = previous === undefined ? undefined : Math.log(close / previous);
      previous = close;
      const changes = change === undefined ? undefined : window.push(change);
      return changes && sampleDeviationOf(changes) * perYear;
    },
  };
};

const sampleDeviationOf = (values: readonly number[]): number => {
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return Math.sqrt(sum / (values.length - 1));
};
