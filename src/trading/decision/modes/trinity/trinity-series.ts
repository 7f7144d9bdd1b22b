import type { Candle } from "../../../market/candle";
import { toColumns, type CandleColumns } from "../../../market/indicators/series/candle-columns";
import type { CandleWindows } from "../../../market/indicators/series/candle-windows";
import { timeframeMs, type Timeframe } from "../../../market/timeframe";
import { signalsOfWindow, type SeriesRead, type WindowAt } from "./signals-of-window";
import type { ConfirmSignals, TrinitySignals } from "./trinity-signals";
import { readTrinityTables } from "./trinity-tables";
import { readConfirmWindows, readTrinityWindows } from "./trinity-windows";

/** Candles and the windows of them that are read. */
export type WindowedCandles = {
  readonly candles: readonly Candle[];
  readonly columns: CandleColumns;
  readonly windows: CandleWindows;
};

/** What Trinity reads at the last candle of each window, by the window's index. */
export type TrinitySeries = {
  readonly read: SeriesRead;
  readonly windowOf: (at: number) => WindowAt;
  /** Null for a window without a candle. */
  readonly signalsOf: (at: number, confirm: ConfirmSignals | null) => TrinitySignals | null;
};

/**
 * Computes at once what the windows of the decision candles need. An answer is that of its window alone: nothing before
 * the first candle and nothing after the last one changes it.
 */
export const readTrinitySeries = (
  { candles, columns, windows }: WindowedCandles,
  timeframe: Timeframe,
): TrinitySeries => {
  const { firsts, lasts } = windows;
  const read = {
    candles,
    columns,
    tables: readTrinityTables(columns),
    values: readTrinityWindows(columns, windows),
    closeTimes: columns.openTimes.map((openTime) => openTime + timeframeMs(timeframe)),
  };
  const windowOf = (at: number): WindowAt => {
    const last = lasts[at] as number;
    return { at, last, before: last - (firsts[at] as number) };
  };
  const signalsOf: TrinitySeries["signalsOf"] = (at, confirm) => {
    const window = windowOf(at);
    return window.before < 0 ? null : signalsOfWindow(read, window, confirm);
  };
  return { read, windowOf, signalsOf };
};

/** The same of the second timeframe's windows; null while one is too short. */
export const readConfirmSeries = ({
  columns,
  windows,
}: Omit<WindowedCandles, "candles">): ((at: number) => ConfirmSignals | null) => {
  const { ema20, adx14 } = readConfirmWindows(columns, windows);
  const { lasts } = windows;
  return (at) => {
    const adx = adx14(at);
    return adx && { close: columns.closes[lasts[at] as number] as number, ema20: ema20(at), adx14: adx.adx };
  };
};

/** All candles as one window. */
export const wholeWindow = (candles: readonly Candle[]): WindowedCandles => ({
  candles,
  columns: toColumns(candles),
  windows: { count: 1, firsts: Int32Array.of(0), lasts: Int32Array.of(candles.length - 1) },
});
