import type { CandleColumns } from "./candle-columns";
import type { CandleSteps } from "./candle-steps";
import type { CandleWindows } from "./candle-windows";
import { rollingMeans } from "./rolling-means";

/** Supertrend at the last candle of each window. */
export type SupertrendWindows = {
  /** The band in force; NaN where the window is too short. */
  readonly values: Float64Array;
  /** 1: up, below the price; 0: down. */
  readonly isUp: Uint8Array;
  /** The index of the candle at which it turned last; -1 where it never did in the window. */
  readonly turns: Int32Array;
};

type Inputs = {
  readonly middles: Float64Array;
  readonly closes: Float64Array;
  readonly ranges: Float64Array;
  readonly seeds: Float64Array;
  readonly period: number;
  readonly multiple: number;
};

/** [value, 1 for up, index of the last turn] of supertrend.ts over one window. */
const supertrendOfWindow = (
  { middles, closes, ranges, seeds, period, multiple }: Inputs,
  { first, last }: { readonly first: number; readonly last: number },
  output: Float64Array,
): void => {
  const start = first + period;
  const factor = 1 / period;
  let range = seeds[start] as number;
  let middle = middles[start] as number;
  let close = closes[start] as number;
  let upper = middle + multiple * range;
  let lower = middle - multiple * range;
  let isUp = close >= middle;
  let turn = -1;
  for (let index = start + 1; index <= last; index += 1) {
    range += ((ranges[index] as number) - range) * factor;
    middle = middles[index] as number;
    const basicUpper = middle + multiple * range;
    const basicLower = middle - multiple * range;
    // Written so that the usual case needs no branch: which band tightens is hard to predict.
    upper = close > upper ? basicUpper : Math.min(basicUpper, upper);
    lower = close < lower ? basicLower : Math.max(basicLower, lower);
    close = closes[index] as number;
    const wasUp = isUp;
    isUp = wasUp ? close >= lower : close > upper;
    if (isUp !== wasUp) turn = index;
  }
  output[0] = isUp ? lower : upper;
  output[1] = isUp ? 1 : 0;
  output[2] = turn;
};

const STANDARD = { period: 10, multiple: 3 };

/** Supertrend at the last candle of one window: `isUp` 1 or 0, `turn` as in SupertrendWindows. */
export type SupertrendAt = { readonly value: number; readonly isUp: number; readonly turn: number };

/** Reads one window, by the indices of its first and last candle; null where it is too short. */
export const createSupertrendReader = (
  { length, highs, lows, closes }: CandleColumns,
  { trueRanges }: Pick<CandleSteps, "trueRanges">,
): ((first: number, last: number) => SupertrendAt | null) => {
  const middles = new Float64Array(length);
  for (let index = 0; index < length; index += 1) {
    middles[index] = ((highs[index] as number) + (lows[index] as number)) / 2;
  }
  const { period, multiple } = STANDARD;
  const inputs = { middles, closes, ranges: trueRanges, seeds: rollingMeans(trueRanges, period), period, multiple };
  const output = new Float64Array(3);
  return (first, last) => {
    if (last - first < period) return null;
    supertrendOfWindow(inputs, { first, last }, output);
    return { value: output[0] as number, isUp: output[1] as number, turn: output[2] as number };
  };
};

/** Bit for bit what createSupertrend answers that is fed the window's candles. */
export const supertrendWindows = (
  columns: CandleColumns,
  steps: CandleSteps,
  { count, firsts, lasts }: CandleWindows,
): SupertrendWindows => {
  const values = new Float64Array(count).fill(Number.NaN);
  const isUp = new Uint8Array(count);
  const turns = new Int32Array(count).fill(-1);
  const read = createSupertrendReader(columns, steps);
  for (let at = 0; at < count; at += 1) {
    const now = read(firsts[at] as number, lasts[at] as number);
    if (now === null) continue;
    values[at] = now.value;
    isUp[at] = now.isUp;
    turns[at] = now.turn;
  }
  return { values, isUp, turns };
};
