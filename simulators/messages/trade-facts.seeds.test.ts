import { expect, it } from "vitest";
import type { Fact } from "~/trading/decision/asking/fact";
import { LLM_WINDOW, readLlmMarket } from "~/trading/decision/asking/llm-readings";
import { marketFacts } from "~/trading/decision/asking/market-facts";
import { decideLlm } from "~/trading/decision/modes/llm/decide-llm";
import { aggregateCandles } from "~/trading/market/aggregate-candles";
import { candleCloseTime, type Candle } from "~/trading/market/candle";
import { createSyntheticCandles } from "~/trading/market/synthetic-candles";
import { first, limitFacts, PAIR, SETTINGS, wrongIn } from "./testing/ask-trader";

const SEEDS = 60;
const CANDLES_BEFORE = 800;
const DECISIONS = 4;
/** Candles between two of them: close ones are nearly the same. */
const APART = 12;

const tellAt = (candles: readonly Candle[], time: number): Fact[] => {
  const closed = candles.filter((candle) => candleCloseTime(candle, "1h") <= time);
  const longer = aggregateCandles(closed, { from: "1h", to: "4h" });
  const series = [
    { timeframe: "1h" as const, candles: closed.slice(-LLM_WINDOW) },
    { timeframe: "4h" as const, candles: longer.slice(-LLM_WINDOW) },
  ];
  const unknown = { fundingRate: null, openInterestRatio: null, narrative: null };
  return [...limitFacts(), ...marketFacts({ pair: PAIR, readings: readLlmMarket(series), ...unknown })];
};

const decideAt = (candles: readonly Candle[], candle: Candle) => {
  const facts = tellAt(candles, candleCloseTime(candle, "1h"));
  const answer = first(facts);
  expect(wrongIn([answer], facts)).toEqual([]);
  const question = { pair: PAIR, settings: SETTINGS, position: null, close: candle.close, candle: 0 };
  const decision = decideLlm({ ...question, answer, facts });
  expect(decision.action === "open").toBe(answer.action.startsWith("open"));
  return decision;
};

const VOLATILITIES = [0.003, 0.006, 0.012, 0.025];

it("of markets that nobody can predict it enters on 0.5 to 5 % of closed candles, both ways, and cites each number as it was told", () => {
  const entries = { long: 0, short: 0 };
  const shares = VOLATILITIES.map((volatility) => {
    const before = entries.long + entries.short;
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const count = CANDLES_BEFORE + DECISIONS * APART;
      const candles = createSyntheticCandles({ seed: seed + volatility * 1e6, count, volatility });
      const asked = candles.slice(CANDLES_BEFORE).filter((_, index) => index % APART === 0);
      for (const candle of asked) {
        const decision = decideAt(candles, candle);
        if (decision.action === "open" && decision.side) entries[decision.side] += 1;
      }
    }
    return (entries.long + entries.short - before) / (SEEDS * DECISIONS);
  });
  expect(Math.max(...shares)).toBeLessThanOrEqual(0.05);
  expect(Math.min(...shares)).toBeGreaterThan(0.005);
  expect(Math.min(entries.long, entries.short)).toBeGreaterThan(1);
}, 60_000);
