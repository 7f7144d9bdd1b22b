import { percentOf, type AdxValue } from "../adx";
import { meanOf } from "../window-statistics";
import type { CandleSteps } from "./candle-steps";
import type { CandleWindows } from "./candle-windows";

/** ADX and its directions at the last candle of each window; NaN where the window is too short. */
export type AdxWindows = { readonly adx: Float64Array; readonly plusDi: Float64Array; readonly minusDi: Float64Array };

type Moves = Pick<CandleSteps, "trueRanges" | "plusMoves" | "minusMoves">;

/** adx.ts over one window: Wilder's sums, of a plain sum first, and the average of DX, of a plain mean first. */
const adxOfWindow = (
  { trueRanges, plusMoves, minusMoves }: Moves,
  { first, last, period }: { readonly first: number; readonly last: number; readonly period: number },
  output: Float64Array,
): void => {
  let range = 0;
  let plus = 0;
  let minus = 0;
  for (let index = first + 1; index < first + period; index += 1) {
    range += trueRanges[index] as number;
    plus += plusMoves[index] as number;
    minus += minusMoves[index] as number;
  }
  const seed = new Float64Array(period);
  const seededAt = first + 2 * period - 1;
  const factor = 1 / period;
  let adx = 0;
  let plusDi = 0;
  let minusDi = 0;
  for (let index = first + period; index <= last; index += 1) {
    range += (trueRanges[index] as number) - range / period;
    plus += (plusMoves[index] as number) - plus / period;
    minus += (minusMoves[index] as number) - minus / period;
    plusDi = percentOf(plus, range);
    minusDi = percentOf(minus, range);
    const dx = percentOf(Math.abs(plusDi - minusDi), plusDi + minusDi);
    if (index > seededAt) adx += (dx - adx) * factor;
    else {
      seed[index - first - period] = dx;
      if (index === seededAt) adx = meanOf(seed);
    }
  }
  output[0] = adx;
  output[1] = plusDi;
  output[2] = minusDi;
};

/** Reads one window, by the indices of its first and last candle; null where it is too short. */
export const createAdxReader = (moves: Moves, period: number): ((first: number, last: number) => AdxValue | null) => {
  const output = new Float64Array(3);
  return (first, last) => {
    if (last - first < 2 * period - 1) return null;
    adxOfWindow(moves, { first, last, period }, output);
    return { adx: output[0] as number, plusDi: output[1] as number, minusDi: output[2] as number };
  };
};

/** Bit for bit what createAdx answers that is fed the window's candles. */
export const adxWindows = (moves: Moves, { count, firsts, lasts }: CandleWindows, period: number): AdxWindows => {
  const [adx, plusDi, minusDi] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  const read = createAdxReader(moves, period);
  for (let at = 0; at < count; at += 1) {
    const value = read(firsts[at] as number, lasts[at] as number);
    adx[at] = value?.adx ?? Number.NaN;
    plusDi[at] = value?.plusDi ?? Number.NaN;
    minusDi[at] = value?.minusDi ?? Number.NaN;
  }
  return { adx, plusDi, minusDi };
};
