/** What each condition of Trinity compares, as it is written in a sentence. */
export const CONDITION_NAMES: Readonly<Record<string, string>> = {
  "close-sma200": "the close against SMA200",
  "cloud-aligned": "price, Tenkan/Kijun and cloud on the side",
  "directional-adx14": "ADX14 in the side's direction",
  "close-cloud": "the close against the cloud",
  "tenkan-kijun": "Tenkan against Kijun",
  "ema20-pullback": "the pullback to EMA20",
  "cloud-cross": "the close crossing the cloud",
  rsi14: "RSI14",
  "macd-signal": "MACD against its signal",
  "obv-sma14": "OBV against its SMA14",
  "cumulative-delta": "cumulative delta",
  "volume-sma20": "volume against its SMA20",
  "delta-surge": "the volume delta of the candle",
  "band-expansion": "the width of the Bollinger bands",
  "stochastic-cross": "Stochastic %K crossing %D",
  "vwap-band": "the close against the VWAP band",
  "delta-divergence": "volume delta under a still price",
  supertrend: "the close against Supertrend",
  sma200: "the close against SMA200",
  rsi: "RSI14",
};

/** Conditions of several parts: their value says how many of them are met. */
export const CONDITIONS_OF_PARTS: ReadonlySet<string> = new Set([
  "cloud-aligned",
  "ema20-pullback",
  "delta-divergence",
]);
