import { createAdxReader } from "../../../market/indicators/series/adx-windows";
import { createAverageReader } from "../../../market/indicators/series/average-windows";
import type { AdxValue } from "../../../market/indicators/adx";
import type { CandleColumns } from "../../../market/indicators/series/candle-columns";
import { toSteps } from "../../../market/indicators/series/candle-steps";
import type { CandleWindows } from "../../../market/indicators/series/candle-windows";
import { createMacdReader, longestOf, MACD_LOOKBACK } from "../../../market/indicators/series/macd-windows";
import { createObvReader, type ObvAt } from "../../../market/indicators/series/obv-windows";
import { createSupertrendReader, type SupertrendAt } from "../../../market/indicators/series/supertrend-windows";
import { macdDivergenceOf, type MacdDivergence } from "../../analysis/macd-divergence";

type MacdRead = { readonly line: number; readonly signal: number; readonly divergence: MacdDivergence };

/**
 * What starts anew in each window, at the last candle of the window of an index; NaN or null where that is too short.
 * Worked out when it is asked for: a reader that finds its answer without one of them does not pay for it.
 */
export type TrinityWindows = {
  readonly ema20: (at: number) => number;
  readonly atr14: (at: number) => number;
  readonly gains14: (at: number) => number;
  readonly losses14: (at: number) => number;
  readonly adx14: (at: number) => AdxValue | null;
  readonly macd: (at: number) => MacdRead | null;
  readonly supertrend: (at: number) => SupertrendAt | null;
  readonly obv: (at: number) => ObvAt;
};

/** How many candles before it in its window the last candle needs. */
export const WINDOW_LOOKBACKS = { ema20: 19, wilder14: 14 } as const;

const OBV_MEAN = 14;
const WILDER = { skipped: 1, period: 14, factor: 1 / 14 };
const EMA20 = { skipped: 0, period: 20, factor: 2 / 21 };

export const readTrinityWindows = (columns: CandleColumns, windows: CandleWindows): TrinityWindows => {
  const { closes, highs, lows, knownVolumes } = columns;
  const { firsts, lasts } = windows;
  const steps = toSteps(columns);
  const readMacd = createMacdReader(closes, longestOf(windows));
  const readAdx = createAdxReader(steps, 14);
  const readSupertrend = createSupertrendReader(columns, steps);
  const readObv = createObvReader({ knownVolumes, signedVolumes: steps.signedVolumes }, OBV_MEAN);
  return {
    ema20: createAverageReader(closes, windows, EMA20),
    atr14: createAverageReader(steps.trueRanges, windows, WILDER),
    gains14: createAverageReader(steps.gains, windows, WILDER),
    losses14: createAverageReader(steps.losses, windows, WILDER),
    adx14: (at) => readAdx(firsts[at] as number, lasts[at] as number),
    macd: (at) => {
      const [first, last] = [firsts[at] as number, lasts[at] as number];
      const read = readMacd(first, last);
      if (read === null) return null;
      const { line, signal, lines } = read;
      return {
        line,
        signal,
        divergence: macdDivergenceOf({ highs, lows, first, last }, { lines, warm: MACD_LOOKBACK }),
      };
    },
    supertrend: (at) => readSupertrend(firsts[at] as number, lasts[at] as number),
    obv: (at) => readObv(firsts[at] as number, lasts[at] as number),
  };
};

/** The same of the second timeframe, of which less is read. */
export const readConfirmWindows = (
  columns: CandleColumns,
  windows: CandleWindows,
): Pick<TrinityWindows, "ema20" | "adx14"> => {
  const readAdx = createAdxReader(toSteps(columns), 14);
  return {
    ema20: createAverageReader(columns.closes, windows, EMA20),
    adx14: (at) => readAdx(windows.firsts[at] as number, windows.lasts[at] as number),
  };
};
