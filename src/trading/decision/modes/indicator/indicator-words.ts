import type { EvidenceWords } from "../../basis/evidence-words";

/** What each condition of the mode compares, and its setups. */
export const INDICATOR_WORDS: EvidenceWords = {
  note: "A setup scores where all of its conditions are met; the better one decides.",
  conditions: {
    "close-ema50": { name: "the close against EMA50", unit: "price" },
    "ema9-ema21": { name: "EMA9 against EMA21", unit: "price" },
    "rsi-pullback": { name: "RSI14", unit: "indicator" },
    "rsi-breakout": { name: "RSI14", unit: "indicator" },
    "volume-mean": { name: "volume against a share of its mean", unit: "indicator" },
    "close-level": { name: "the close against the extreme of 20 candles", unit: "price" },
    "level-fresh": { name: "the close crossing that extreme only now", unit: "price" },
    "level-depth": { name: "the close against that extreme and half an ATR14", unit: "price" },
    "rsi-stretched": { name: "RSI14", unit: "indicator" },
    "gain-percent": { name: "the gain in percent", unit: "indicator" },
  },
  categories: {
    pullback: { name: "Pullback", note: "counts where all are met" },
    breakout: { name: "Breakout", note: "counts where all are met" },
    exit: { name: "Stretched", note: "closes a part, once, where both hold" },
  },
};
