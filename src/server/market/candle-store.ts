import type { Candle } from "~/trading/market/candle";
import { floorToGrid, timeframeMs, type Timeframe } from "~/trading/market/timeframe";
import type { Database } from "../db/client";
import type { CandleSource, CandleStore, StoredMarket } from "../ports/candle-store";
import { createCandleWindows } from "./candle-windows";
import { createGroups } from "./create-groups";
import { createTurns } from "./create-turns";
import { loadCandles, loadCoverage, saveCandles, type CandleBatch } from "./stored-candles";

type Span = { readonly from: number; readonly through: number };
/** The coverage after a fill, and the last span that had to be fetched for it. */
type Filled = {
  readonly covered: Span | null;
  readonly fetched: (Span & { readonly candles: readonly Candle[] }) | null;
};
/** With more candles than this between a wanted span and the covered one after it, the wanted ones are not stored. */
const APART_CANDLES_MAX = 1500;

type Series = { readonly market: StoredMarket; readonly timeframe: Timeframe };
type Known = { readonly covered: Span | null; readonly source: CandleSource };

const keyOf = ({ market, timeframe }: Series): string => `${market.id}:${timeframe}`;
const inSpan = (candles: readonly Candle[], { from, through }: Span): Candle[] =>
  candles.filter(({ openTime }) => openTime >= from && openTime < through);
const includes = (outer: Span, inner: Span): boolean => outer.from <= inner.from && outer.through >= inner.through;

/** Long before what is stored: the covered span is one piece, and the candles in between are not needed. */
const isApart = ({ timeframe }: Series, wanted: Span, covered: Span | null): boolean =>
  covered !== null && covered.from - wanted.through > APART_CANDLES_MAX * timeframeMs(timeframe);

const fetchApart = async (series: Series, wanted: Span, source: CandleSource): Promise<Candle[]> => {
  const { market, timeframe } = series;
  const request = { ...market, timeframe, from: wanted.from, through: wanted.through - timeframeMs(timeframe) };
  return inSpan(await source.fetchCandles(request), wanted);
};

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
  const inTurn = createTurns();
  // Many series close a candle at one instant: a statement stores what came together.
  const save = createGroups((batches: readonly CandleBatch[]) => saveCandles(db, batches));

  const fill = async (series: Series, wanted: Span, { source, ...known }: Known): Promise<Filled> => {
    const { market, timeframe } = series;
    const step = timeframeMs(timeframe);
    let { covered } = known;
    let fetchedSpan: Filled["fetched"] = null;
    for (const span of missingSpans(covered, wanted)) {
      const fetched = await source.fetchCandles({
        ...market,
        timeframe,
        from: span.from,
        through: span.through - step,
      });
      const candles = inSpan(fetched, span);
      const through = coveredThrough(span, candles, {
        step,
        isInside: covered !== null && span.through <= covered.from,
      });
      if (through === span.from) continue;
      const saved = await save({ marketId: market.id, timeframe, candles, from: span.from, through });
      if (saved instanceof Error) throw saved;
      covered = saved;
      fetchedSpan = { from: span.from, through, candles };
      // Another process covered a span apart from ours meanwhile: what lies between them has to be fetched.
      if (!includes(covered, { from: span.from, through })) {
        return fill(series, wanted, { source, covered: await loadCoverage(db, market.id, timeframe) });
      }
    }
    return { covered, fetched: fetchedSpan };
  };

  const readThrough = async (series: Series, wanted: Span, source: CandleSource): Promise<Candle[]> => {
    const { market, timeframe } = series;
    const key = keyOf(series);
    const inMemory = windows.read(key, wanted);
    if (inMemory) return inMemory;
    const before = await loadCoverage(db, market.id, timeframe);
    if (isApart(series, wanted, before)) return fetchApart(series, wanted, source);
    const { covered, fetched } = await fill(series, wanted, { source, covered: before });
    const known = { from: wanted.from, through: Math.min(wanted.through, covered?.through ?? wanted.from) };
    const missing = windows.missing(key, known);
    // What was fetched just now was stored as it is, so nothing has to be read again.
    const isFetched = fetched !== null && includes(fetched, missing);
    const candles = isFetched
      ? inSpan(fetched.candles, missing)
      : await loadCandles(db, { marketId: market.id, timeframe, ...missing });
    // Dropped by housekeeping since they were covered: asked for again.
    return candles === null ? readThrough(series, wanted, source) : windows.add(key, known, candles);
  };

  const read: CandleStore["read"] = (market, { timeframe, from, closedBy }, source) => {
    const step = timeframeMs(timeframe);
    const wanted = { from: Math.ceil(from / step) * step, through: floorToGrid(closedBy, step) };
    if (wanted.from >= wanted.through) return Promise.resolve([]);
    const key = keyOf({ market, timeframe });
    const hit = windows.read(key, wanted);
    return hit ? Promise.resolve(hit) : inTurn(key, () => readThrough({ market, timeframe }, wanted, source));
  };

  return { read };
};
