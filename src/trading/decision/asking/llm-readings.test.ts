import { describe, expect, it } from "vitest";
import { createSyntheticCandles } from "../../market/synthetic-candles";
import type { Timeframe } from "../../market/timeframe";
import { LLM_WINDOW, readLlmMarket } from "./llm-readings";

const candlesOf = (timeframe: Timeframe, count = LLM_WINDOW) =>
  createSyntheticCandles({ seed: 1, count, volatility: 0.004, timeframe, meanVolume: 1000 });
const read = (timeframe: Timeframe, count?: number) =>
  readLlmMarket([{ timeframe, candles: candlesOf(timeframe, count) }]);

describe("what is read of the last hours", () => {
  it.each<[Timeframe, ofFour: number | null, ofDay: number]>([
    ["15m", 16, 96],
    ["1h", 4, 24],
    ["2h", 2, 12],
    ["4h", 1, 6],
    ["6h", null, 4],
    ["12h", null, 2],
    ["1d", null, 1],
  ])("of %s candles is of so many as make them up, and unknown where none do", (timeframe, ofFour, ofDay) => {
    const candles = candlesOf(timeframe);
    const last = ofFour === null ? [] : candles.slice(-ofFour);
    const { high4h, low4h, change24h } = read(timeframe);
    expect(high4h).toBe(ofFour === null ? null : Math.max(...last.map(({ high }) => high)));
    expect(low4h).toBe(ofFour === null ? null : Math.min(...last.map(({ low }) => low)));
    const [from, to] = [candles.at(-1 - ofDay)?.close ?? 0, candles.at(-1)?.close ?? 0];
    expect(change24h).toBe(to / from - 1);
  });

  it("is unknown of a market that is not known for so long", () => {
    expect(read("1h", 3)).toMatchObject({ high4h: null, low4h: null, change24h: null });
    expect(read("1h", 24)).toMatchObject({ high4h: expect.any(Number), change24h: null });
    expect(readLlmMarket([])).toMatchObject({ frames: [], high4h: null, change24h: null, dailyVolatility: null });
  });
});

it("volatility and place in the range are those of all candles, of which only the last are read", () => {
  const whole = read("1h");
  const shorter = readLlmMarket([{ timeframe: "1h", candles: candlesOf("1h").slice(-31) }]);
  expect(shorter.dailyVolatility).toBe(whole.dailyVolatility);
  expect(shorter.frames[0]?.rangePosition).toBe(whole.frames[0]?.rangePosition);
  expect(whole.dailyVolatility).toBeGreaterThan(0);
});
