import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect } from "vitest";
import type { Candle } from "../../candle";
import { createSyntheticCandles } from "../../synthetic-candles";
import { computeSeries, type Indicator } from "../indicator";

export type Series = (number | undefined)[];
type Market = { readonly name: string; readonly candles: readonly Candle[] };

const RECORDED_CSV = "../shared/candles/okx-swap_BTC-USDT_5m_2022-05-01_2022-07-31.csv.gz";
const RECORDED_ROWS = 4000;

const readRecorded = (): Candle[] =>
  gunzipSync(readFileSync(RECORDED_CSV))
    .toString()
    .trim()
    .split("\n")
    .slice(1, RECORDED_ROWS + 1)
    .map((line) => {
      const [openTime = NaN, open = NaN, high = NaN, low = NaN, close = NaN, volume = NaN] = line
        .split(",")
        .map(Number);
      return { openTime, open, high, low, close, volume };
    });

export const isRecorded = existsSync(RECORDED_CSV);
export const oracleMarkets: Market[] = [
  { name: "synthetic, 0.6 % an hour", candles: createSyntheticCandles({ seed: 7, count: 1500, volatility: 0.006 }) },
  {
    name: "synthetic, a coin of 0.00001",
    candles: createSyntheticCandles({ seed: 8, count: 1500, volatility: 0.02, startPrice: 1e-5 }),
  },
  ...(isRecorded ? [{ name: "recorded BTC, 5 minutes", candles: readRecorded() }] : []),
];

export const closesOf = (candles: readonly Candle[]): number[] => candles.map((candle) => candle.close);
export const columnsOf = (candles: readonly Candle[]) => ({
  high: candles.map((candle) => candle.high),
  low: candles.map((candle) => candle.low),
  close: closesOf(candles),
});

/** One output of our indicator at each candle. */
export const ours = <Input, Output>(
  indicator: Indicator<Input, Output>,
  inputs: readonly Input[],
  pick: (output: Output) => number,
): Series => computeSeries(indicator, inputs).map((output) => (output === undefined ? undefined : pick(output)));

/** Relative to the largest value, so that one tolerance fits a coin of 40,000 and one of 0.00001. */
export const expectClose = (
  actual: Series,
  oracle: Series,
  { tolerance, from = 0 }: { tolerance: number; from?: number },
) => {
  const scale = Math.max(...oracle.map((value) => Math.abs(value ?? 0)));
  let compared = 0;
  oracle.forEach((expected, index) => {
    const value = actual[index];
    if (index < from) return;
    if (expected === undefined || value === undefined) {
      expect(value, `index ${index}: warm at the same candle`).toBe(expected);
      return;
    }
    compared += 1;
    if (Math.abs(value - expected) > tolerance * scale) expect.fail(`index ${index}: was ${value}, oracle ${expected}`);
  });
  expect(compared).toBeGreaterThan(800);
};

export const identity = (value: number): number => value;
