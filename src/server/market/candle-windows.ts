import type { Candle } from "~/trading/market/candle";

type Span = { readonly from: number; readonly through: number };
type Window = Span & { readonly candles: readonly Candle[] };

const WINDOW_CANDLES_MAX = 1500;
const WINDOWS_MAX = 500;

const inSpan = (candles: readonly Candle[], { from, through }: Span): Candle[] =>
  candles.filter((candle) => candle.openTime >= from && candle.openTime < through);

/** The newest stored candles of each series in memory, one contiguous span a key, bounded in number and length. */
export const createCandleWindows = () => {
  const windows = new Map<string, Window>();

  const covers = (window: Window | undefined, span: Span): window is Window =>
    window !== undefined && window.from <= span.from && window.through >= span.through;
  const continues = (window: Window | undefined, span: Span): window is Window =>
    window !== undefined && window.from <= span.from && window.through >= span.from;

  return {
    /** The candles of the span, or undefined when memory does not hold all of it. */
    read: (key: string, span: Span): Candle[] | undefined => {
      const window = windows.get(key);
      return covers(window, span) ? inSpan(window.candles, span) : undefined;
    },
    /** The part of the span that has to be loaded. */
    missing: (key: string, span: Span): Span => {
      const window = windows.get(key);
      return continues(window, span) ? { from: window.through, through: span.through } : span;
    },
    /** Adds what `missing` named and returns the candles of the span. */
    add: (key: string, span: Span, loaded: readonly Candle[]): Candle[] => {
      const window = windows.get(key);
      const isContinued = continues(window, span);
      const candles = isContinued
        ? [...window.candles, ...loaded.filter((candle) => candle.openTime >= window.through)]
        : [...loaded];
      const kept = candles.slice(-WINDOW_CANDLES_MAX);
      const from = isContinued ? window.from : span.from;
      windows.delete(key);
      windows.set(key, {
        from: kept.length < candles.length ? (kept[0]?.openTime ?? from) : from,
        through: span.through,
        candles: kept,
      });
      const oldest = windows.keys().next().value;
      if (windows.size > WINDOWS_MAX && oldest !== undefined) windows.delete(oldest);
      return inSpan(candles, span);
    },
  };
};
