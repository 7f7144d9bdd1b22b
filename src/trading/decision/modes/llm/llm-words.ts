import type { ConditionWords, EvidenceWords } from "../../basis/evidence-words";
import type { LlmSettings } from "../../asking/llm-settings";

const price = (name: string): ConditionWords => ({ name, unit: "price" });
const reading = (name: string): ConditionWords => ({ name, unit: "indicator" });

const FRAME: Readonly<Record<string, ConditionWords>> = {
  close: price("the close"),
  change: reading("the candle's change in percent"),
  ema20: price("EMA20"),
  ema50: price("EMA50"),
  rsi14: reading("RSI14"),
  "macd-histogram": reading("the MACD histogram"),
  atr14: reading("ATR14 in percent of the close"),
  "range-high": price("the high of 20 candles"),
  "range-low": price("the low of 20 candles"),
  "range-position": reading("the close's place in that range in percent"),
  volume: reading("volume against its mean"),
};

const MARKET: Readonly<Record<string, ConditionWords>> = {
  "change-24h": reading("the change of 24 hours in percent"),
  "high-4h": price("the high of 4 hours"),
  "low-4h": price("the low of 4 hours"),
  funding: reading("funding of 8 hours in percent"),
  "open-interest": reading("open interest against the reading before"),
  "supertrend.value": price("Supertrend"),
  support1: price("the nearest support"),
  support2: price("the second support"),
  resistance1: price("the nearest resistance"),
  resistance2: price("the second resistance"),
  "pain.above": price("where shorts give up"),
  "pain.below": price("where longs give up"),
  "position.entry": price("its own entry"),
  "position.mark": price("its own last price"),
  "position.gain": reading("its own gain in percent"),
  "position.unrealized": reading("its own gain in money"),
  "position.stop": price("its own stop"),
  "position.target": price("its own target"),
  "position.age": reading("its own age in hours"),
  "position.invalidation1": price("what proves it wrong"),
  "position.invalidation2": price("what else proves it wrong"),
  "position.invalidation3": price("what also proves it wrong"),
  "gap1.low": price("the first gap's lower end"),
  "gap1.high": price("the first gap's upper end"),
  "gap2.low": price("the second gap's lower end"),
  "gap2.high": price("the second gap's upper end"),
  "gap3.low": price("the third gap's lower end"),
  "gap3.high": price("the third gap's upper end"),
};

const OF_BOT: Readonly<Record<string, ConditionWords>> = {
  "portfolio.equity": reading("equity"),
  "portfolio.available": reading("free equity"),
  "portfolio.positions": reading("open positions"),
  "market.alts-lead": reading("the lead of other coins in percent"),
  "market.daily-volatility": reading("daily volatility in percent"),
  "sentiment.fear-greed": reading("the fear and greed index"),
  "sentiment.age": reading("the age of that index in hours"),
  "limits.positions": reading("open positions at most"),
  "limits.stop-distance-min": reading("the closest stop in percent"),
  "limits.stop-distance": reading("the farthest stop in percent"),
  "limits.reward-to-risk": reading("the least reward for the risk"),
  "costs.round-trip": reading("fees of a round trip in percent"),
  news: reading("headlines"),
  lessons: reading("lessons"),
};

const frameWords = (timeframe: string): [string, ConditionWords][] =>
  Object.entries(FRAME).map(([name, words]) => [
    `${timeframe}.${name}`,
    { ...words, name: `${words.name} (${timeframe})` },
  ]);

/** What a model may cite of a pair, and what stands over it. */
export const llmWords = ({ timeframe, contextTimeframe }: LlmSettings): EvidenceWords => ({
  note: "The score is the model's own confidence. Each number that it cites must be as it was shown.",
  conditions: {
    ...Object.fromEntries([timeframe, contextTimeframe].flatMap(frameWords)),
    ...MARKET,
    ...OF_BOT,
  },
  categories: { cited: { name: "Cited", note: "what was shown, and what the model says it was" } },
});
