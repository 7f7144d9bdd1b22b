import type { Candle } from "~/trading/market/candle";

type Span = { readonly from: number; readonly through: number };
/** `reach`: the longest span that was asked for, ms. */
type Window = Span & { readonly candles: readonly Candle[]; readonly reach: number };

const WINDOW_CANDLES_MAX = 1500;
/** A series is kept for so many times the longest span that was asked for: who asks late finds it too. */
const KEPT_SPANS = 1.5;
const WINDOWS_MAX = 500;

const inSpan = (candles: readonly Candle[], { from, through }: Span): Candle[] =>
  candles.filter((candle) => candle.openTime >= from && candle.openTime < through);

/** What is kept of a window that goes on: it grows by what is asked for, not by the time that passes. */
const trim = ({ from, through, candles, reach }: Window): Window => {
  const since = through - KEPT_SPANS * reach;
  const recent = candles.filter(({ openTime }) => openTime >= since);
  const kept = recent.slice(-WINDOW_CANDLES_MAX);
  const isCut = kept.length < recent.length;
  return { from: isCut ? (kept[0]?.openTime ?? from) : Math.max(from, since), through, candles: kept, reach };
};

/**
 * The newest stored candles of each series in memory, one contiguous span a key, bounded in number and by what is asked
 * for.
 */
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
      if (!covers(window, span)) return undefined;
      const reach = span.through - span.from;
      // A span inside of it: asked for again when the window has gone on, it is not to be missed.
      if (reach > window.reach) windows.set(key, { ...window, reach });
      return inSpan(window.candles, span);
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
      const reach = Math.max(span.through - span.from, isContinued ? window.reach : 0);
      const from = isContinued ? window.from : span.from;
      windows.delete(key);
      windows.set(key, trim({ from, through: span.through, candles, reach }));
      const oldest = windows.keys().next().value;
      if (windows.size > WINDOWS_MAX && oldest !== undefined) windows.delete(oldest);
      return inSpan(candles, span);
    },
  };
};
