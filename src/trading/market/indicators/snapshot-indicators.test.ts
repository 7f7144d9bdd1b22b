import { expect, it } from "vitest";
import { createEma } from "./ema";
import { computeLast } from "./indicator";
import { computeSnapshotIndicators } from "./snapshot-indicators";
import { createSyntheticCandles } from "../synthetic-candles";

const candles = createSyntheticCandles({ seed: 3, count: 60, volatility: 0.01 });

it("knows each indicator once enough candles are there, and says null before", () => {
  const known = (count: number): string[] =>
    Object.entries(computeSnapshotIndicators(candles.slice(0, count)))
      .filter(([, value]) => value !== null)
      .map(([name]) => name);
  expect(known(0)).toEqual([]);
  expect(known(4)).toEqual(["atr3"]);
  expect(known(20)).toEqual(["ema20", "rsi7", "rsi14", "atr3", "atr14"]);
  expect(known(49)).not.toContain("ema50");
  expect(known(50)).toEqual(["ema20", "ema50", "rsi7", "rsi14", "macd", "atr3", "atr14"]);
});

it("gives the indicator's value at the last candle and survives JSON", () => {
  const snapshot = computeSnapshotIndicators(candles);
  expect(snapshot.ema50).toBe(
    computeLast(
      createEma(50),
      candles.map((candle) => candle.close),
    ),
  );
  expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
});
