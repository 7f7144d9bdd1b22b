import type { Candle } from "~/trading/market/candle";
import { floorToGrid, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import type { MarketData, MarketRef } from "~/trading/ports";
import type { Database } from "../db/client";
import { createCandleWindows } from "./candle-windows";
import { loadCandles, loadCoverage, saveCandles } from "./stored-candles";

export type StoredMarket = MarketRef & { readonly id: number };

/** Open times from `from` (inclusive) of candles that closed at or before `closedBy`; both ms of venue time. */
type CandleRange = { readonly timeframe: Timeframe; readonly from: number; readonly closedBy: number };

type CandleSource = Pick<MarketData, "fetchCandles">;

export type CandleStore = {
  /** Closed candles, ascending. Asks the venue only for what nobody asked for before. */
  readonly read: (market: StoredMarket, range: CandleRange, source: CandleSource) => Promise<Candle[]>;
};

type Span = { readonly from: number; readonly through: number };
/** The coverage after a fill, and the last span that had to be fetched for it. */
type Filled = {
  readonly covered: Span | null;
  readonly fetched: (Span & { readonly candles: readonly Candle[] }) | null;
};
type Series = { readonly market: StoredMarket; readonly timeframe: Timeframe };

const includes = (outer: Span, inner: Span): boolean => outer.from <= inner.from && outer.through >= inner.through;

/** The gap between what is covered and what is wanted; the covered span stays one piece. */
const missingSpans = (covered: Span | null, wanted: Span): Span[] => {
  if (covered === null) return wanted.from < wanted.through ? [wanted] : [];
  const before = { from: wanted.from, through: covered.from };
  const after = { from: covered.through, through: wanted.through };
  return [before, after].filter((span) => span.from < span.through);
};

/**
 * How far a fetched span counts as asked for. At the live end only what came is covered: a venue may confirm its
 * newest candle a moment late, and a candle that is missing there is asked for again until a later one has come.
 */
const coveredThrough = (
  span: Span,
  candles: readonly Candle[],
  { step, isInside }: { readonly step: number; readonly isInside: boolean },
): number => {
  if (isInside) return span.through;
  const last = candles.at(-1);
  return last ? last.openTime + step : span.from;
};

/**
 * Candles of every venue, stored once and shared by all bots: read through on a miss with a single flight per market
 * and timeframe, kept in memory in a bounded window (closed candles never change), coverage beside them so that a
 * gap of the venue is not asked for again.
 */
export const createCandleStore = (db: Database): CandleStore => {
  const windows = createCandleWindows();
  const flights = new Map<string, Promise<unknown>>();

  /** One after another per key, so that two bots never fetch the same candles. */
  const inFlight = async <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const run = (flights.get(key) ?? Promise.resolve()).then(work, work);
    flights.set(key, run);
    try {
      return await run;
    } finally {
      if (flights.get(key) === run) flights.delete(key);
    }
  };

  const fill = async (series: Series, wanted: Span, source: CandleSource): Promise<Filled> => {
    const { market, timeframe } = series;
    const step = timeframeMs(timeframe);
    let covered = await loadCoverage(db, market.id, timeframe);
    let fetchedSpan: Filled["fetched"] = null;
    for (const span of missingSpans(covered, wanted)) {
      const fetched = await source.fetchCandles({
        ...market,
        timeframe,
        from: span.from,
        through: span.through - step,
      });
      const candles = fetched.filter((candle) => candle.openTime >= span.from && candle.openTime < span.through);
      const through = coveredThrough(span, candles, {
        step,
        isInside: covered !== null && span.through <= covered.from,
      });
      if (through === span.from) continue;
      covered = await saveCandles(db, { marketId: market.id, timeframe, candles, from: span.from, through });
      fetchedSpan = { from: span.from, through, candles };
      // Another process covered a span apart from ours meanwhile: what lies between them has to be asked for.
      if (!includes(covered, { from: span.from, through })) return fill(series, wanted, source);
    }
    return { covered, fetched: fetchedSpan };
  };

  const read: CandleStore["read"] = (market, { timeframe, from, closedBy }, source) => {
    const step = timeframeMs(timeframe);
    const wanted = { from: Math.ceil(from / step) * step, through: floorToGrid(closedBy, step) };
    if (wanted.from >= wanted.through) return Promise.resolve([]);
    const key = `${market.id}:${timeframe}`;
    const hit = windows.read(key, wanted);
    if (hit) return Promise.resolve(hit);
    return inFlight(key, async () => {
      const inMemory = windows.read(key, wanted);
      if (inMemory) return inMemory;
      const { covered, fetched } = await fill({ market, timeframe }, wanted, source);
      const known = { from: wanted.from, through: Math.min(wanted.through, covered?.through ?? wanted.from) };
      const missing = windows.missing(key, known);
      // What was fetched just now was stored as it is, so there is nothing to read again.
      const isFetched = fetched !== null && includes(fetched, missing);
      const candles = isFetched
        ? fetched.candles.filter(({ openTime }) => openTime >= missing.from && openTime < missing.through)
        : await loadCandles(db, { marketId: market.id, timeframe, ...missing });
      return windows.add(key, known, candles);
    });
  };

  return { read };
};
