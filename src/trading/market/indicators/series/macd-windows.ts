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

/** The last line and signal of a window, and its line at each candle, until the next window is read. */
export type MacdAt = { readonly line: number; readonly signal: number; readonly lines: Float64Array };

/** Reads one window of at most `longest` candles, by the indices of its first and last; null where it is too short. */
export const createMacdReader = (
  closes: Float64Array,
  longest: number,
): ((first: number, last: number) => MacdAt | null) => {
  const means = { closes, fast: rollingMeans(closes, FAST), slow: rollingMeans(closes, SLOW) };
  const lines = new Float64Array(longest);
  return (first, last) => {
    if (last - first < MACD_LOOKBACK) return null;
    const signal = macdOfWindow(means, { first, last }, lines);
    return { line: lines[last - first] as number, signal, lines };
  };
};

/** Bit for bit what createMacd answers that is fed the window's closes. */
export const macdWindows = (closes: Float64Array, windows: CandleWindows, visit: VisitLines): MacdWindows => {
  const { count, firsts, lasts } = windows;
  const lines = new Float64Array(count).fill(Number.NaN);
  const signals = new Float64Array(count).fill(Number.NaN);
  const read = createMacdReader(closes, longestOf(windows));
  for (let at = 0; at < count; at += 1) {
    const now = read(firsts[at] as number, lasts[at] as number);
    if (now === null) continue;
    signals[at] = now.signal;
    lines[at] = now.line;
    visit(at, now.lines);
  }
  return { lines, signals };
};

/** The most candles that any of the windows has. */
export const longestOf = ({ count, firsts, lasts }: CandleWindows): number => {
  let longest = 0;
  for (let at = 0; at < count; at += 1) longest = Math.max(longest, (lasts[at] as number) - (firsts[at] as number) + 1);
  return longest;
};
