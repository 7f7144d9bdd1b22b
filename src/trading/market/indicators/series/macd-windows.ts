import { meanOf } from "../window-statistics";
import type { CandleWindows } from "./candle-windows";
import { rollingMeans } from "./rolling-means";

const FAST = 12;
const SLOW = 26;
const SIGNAL = 9;
const factorOf = (period: number): number => 2 / (period + 1);

/** MACD says nothing of the candles before this one of a window. */
export const MACD_LOOKBACK = SLOW + SIGNAL - 2;

/** The last line and signal of each window; NaN where it is too short. */
export type MacdWindows = { readonly lines: Float64Array; readonly signals: Float64Array };

/** Is shown a window's line at each of its candles, from MACD_LOOKBACK on; the next window overwrites `lines`. */
export type VisitLines = (at: number, lines: Float64Array) => void;

type Means = { readonly closes: Float64Array; readonly fast: Float64Array; readonly slow: Float64Array };
type Span = { readonly first: number; readonly last: number };

/** macd.ts over one window: writes its lines, and answers the last signal. */
const macdOfWindow = ({ closes, fast, slow }: Means, { first, last }: Span, lines: Float64Array): number => {
  const start = first + SLOW - 1;
  const seededAt = first + MACD_LOOKBACK;
  const [fastFactor, slowFactor, signalFactor] = [factorOf(FAST), factorOf(SLOW), factorOf(SIGNAL)];
  let fastAverage = fast[start] as number;
  let slowAverage = slow[start] as number;
  let signal = 0;
  lines[SLOW - 1] = fastAverage - slowAverage;
  for (let index = start + 1; index <= last; index += 1) {
    const close = closes[index] as number;
    fastAverage += (close - fastAverage) * fastFactor;
    slowAverage += (close - slowAverage) * slowFactor;
    const line = fastAverage - slowAverage;
    lines[index - first] = line;
    if (index > seededAt) signal += (line - signal) * signalFactor;
    else if (index === seededAt) signal = meanOf(lines, SLOW - 1, MACD_LOOKBACK + 1);
  }
  return signal;
};

/** Bit for bit what createMacd answers that is fed the window's closes. */
export const macdWindows = (
  closes: Float64Array,
  { count, firsts, lasts }: CandleWindows,
  visit: VisitLines,
): MacdWindows => {
  const means = { closes, fast: rollingMeans(closes, FAST), slow: rollingMeans(closes, SLOW) };
  const lines = new Float64Array(count).fill(Number.NaN);
  const signals = new Float64Array(count).fill(Number.NaN);
  const scratch = new Float64Array(longestOf({ count, firsts, lasts }));
  for (let at = 0; at < count; at += 1) {
    const first = firsts[at] as number;
    const last = lasts[at] as number;
    if (last - first < MACD_LOOKBACK) continue;
    signals[at] = macdOfWindow(means, { first, last }, scratch);
    lines[at] = scratch[last - first] as number;
    visit(at, scratch);
  }
  return { lines, signals };
};

const longestOf = ({ count, firsts, lasts }: CandleWindows): number => {
  let longest = 0;
  for (let at = 0; at < count; at += 1) longest = Math.max(longest, (lasts[at] as number) - (firsts[at] as number) + 1);
  return longest;
};
