import type { AskedSettings } from "../cycle/ask-markets";
import type { AnalysedSeries, Analysis } from "../decision/basis/analysis";
import type { HeldPosition } from "../decision/basis/decision-mode";
import { analyse, analysedSettings, analysisTime, decisionTimeframes, modeOf } from "../decision/decide";
import { lastCandles } from "../market/candle-range";
import { floorToGrid, timeframeMs } from "../market/timeframe";
import type { ReadableMarket } from "./readable-market";

/** What was read in a market at a slot (ms), by these settings. */
type AnalyseMarket = (market: ReadableMarket, settings: AskedSettings, slot: number) => Analysis;

/** Why a bot holds at a slot (ms) for certain, as CertainHolds says. */
export type SlotHolds = {
  free(slot: number): string | null;
  held(slot: number, position: Pick<HeldPosition, "side" | "openedAt">): string | null;
};

export type MarketReader = {
  readonly analyse: AnalyseMarket;
  /** Null where the mode cannot tell a hold but by deciding. */
  readonly holdsIn: (market: ReadableMarket, settings: AskedSettings) => SlotHolds | null;
};

type Span = { readonly from: number; readonly to: number };

/** Every instant (ms) of the span at which a candle of one of these lengths closes, ascending. */
const closesIn = ({ from, to }: Span, lengthsMs: readonly number[]): number[] => {
  const times = new Set<number>();
  for (const length of lengthsMs) {
    for (let time = floorToGrid(from, length); time < to; time += length) times.add(time);
  }
  return [...times].toSorted((first, second) => first - second);
};

/** A market that was read in one pass, and the index of each time. */
type ReadAll = { readonly series: AnalysedSeries; readonly indexOf: (time: number) => number | undefined };

const readAll = ({ candles }: ReadableMarket, settings: AskedSettings, span: Span): ReadAll | null => {
  const mode = modeOf(settings);
  if (mode.analyseSeries === undefined) return null;
  const wanted = decisionTimeframes(settings).map(({ timeframe }) => timeframe);
  const times = closesIn({ ...span, to: Math.min(span.to, candles.end + 1) }, wanted.map(timeframeMs));
  const series = mode.analyseSeries({
    settings: analysedSettings(settings),
    series: wanted.map(candles.whole),
    times,
  });
  const indexes = new Map(times.map((time, index) => [time, index]));
  return { series, indexOf: (time) => indexes.get(time) };
};

const holdsOf = ({ series, indexOf }: ReadAll, settings: AskedSettings): SlotHolds | null => {
  const holds = series.holdsBy?.(settings.decision);
  if (holds === undefined) return null;
  const lengths = decisionTimeframes(settings).map(({ timeframe }) => timeframeMs(timeframe));
  const at = (slot: number): number | undefined => indexOf(lastCloseOf(lengths, slot));
  return {
    free: (slot) => {
      const index = at(slot);
      return index === undefined ? null : holds.free(index);
    },
    held: (slot, position) => {
      const index = at(slot);
      return index === undefined ? null : holds.held(index, position);
    },
  };
};

const lastCloseOf = (lengths: readonly number[], slot: number): number =>
  lengths.reduce((last, length) => Math.max(last, floorToGrid(slot, length)), 0);

const analyseOne = ({ read }: ReadableMarket["candles"], settings: AskedSettings, time: number): Analysis => {
  const series = decisionTimeframes(settings).map((each) => read(lastCandles({ ...each, closedBy: time })));
  return analyse({ settings, time, series });
};

/** Reads each market once a closed candle for all bots that agree in what they read it by; in one pass where a mode can. */
export const createMarketReader = (span: Span): MarketReader => {
  const keys = new WeakMap<AskedSettings, string>();
  const keyOf = (settings: AskedSettings): string => {
    const key = keys.get(settings) ?? `${settings.mode} ${JSON.stringify(analysedSettings(settings))}`;
    keys.set(settings, key);
    return key;
  };
  type Known = { readonly all: ReadAll | null; last: { time: number; analysis: Analysis } | null };
  const known = new Map<string, Known>();
  const knownOf = (market: ReadableMarket, settings: AskedSettings): Known => {
    const key = `${market.id} ${keyOf(settings)}`;
    const read = known.get(key) ?? { all: readAll(market, settings, span), last: null };
    known.set(key, read);
    return read;
  };
  return {
    analyse: (market, settings, slot) => {
      const read = knownOf(market, settings);
      const time = analysisTime(settings, slot);
      if (read.last?.time === time) return read.last.analysis;
      const index = read.all?.indexOf(time);
      const analysis =
        index === undefined ? analyseOne(market.candles, settings, time) : (read.all as ReadAll).series.at(index);
      read.last = { time, analysis };
      return analysis;
    },
    holdsIn: (market, settings) => {
      const { all } = knownOf(market, settings);
      return all && holdsOf(all, settings);
    },
  };
};
