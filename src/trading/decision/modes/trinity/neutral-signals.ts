import type { TrinitySignals } from "./trinity-signals";
import { NO_TURN } from "./trinity-turns";

/** A market exactly on every threshold: nothing is met, and nothing is unknown. Tests start from it. */
export const NEUTRAL_SIGNALS: TrinitySignals = {
  candle: { openTime: 3_600_000, open: 100, high: 100, low: 100, close: 100, volume: 10 },
  sma200: 100,
  atr14: 0.2,
  ema20: 100,
  cloud: { tenkan: 100, kijun: 100, spanA: 100, spanB: 100 },
  cloudCross: "none",
  adx14: { adx: 20, plusDi: 20, minusDi: 20 },
  rsi14: 50,
  macd: { line: 0, signal: 0, histogram: 0 },
  divergence: { bullish: "none", bearish: "none" },
  obv: { value: 0, mean: 0 },
  volume: { value: 10, mean: 10 },
  volumeDelta: { bar: 0, cumulative: 0, sigma: 1, recent: 0, recentRange: 0.02 },
  bands: { bandwidth: 0.02, median: 0.02 },
  stochastic: { now: { k: 50, d: 50 }, before: { k: 50, d: 50 } },
  vwap: { vwap: 100, upper: 101, lower: 99 },
  confirm: { close: 100, ema20: 100, adx14: 30 },
  supertrend: null,
  turns: { supertrend: NO_TURN, sma200: NO_TURN },
};
