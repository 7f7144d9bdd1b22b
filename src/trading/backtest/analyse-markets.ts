import type { AskedSettings } from "../cycle/ask-markets";
import type { Analysis } from "../decision/basis/analysis";
import type { DecisionMode } from "../decision/basis/decision-mode";
import { analyse, analysedSettings, analysisTime, decisionTimeframes, modeOf } from "../decision/decide";
import { lastCandles } from "../market/candle-range";
import type { Candle } from "../market/candle";
import { floorToGrid, timeframeMs } from "../market/timeframe";
import type { ReadableMarket } from "./readable-market";

/** What was read in a market at a slot (ms), by these settings. */
export type AnalyseMarket = (market: ReadableMarket, settings: AskedSettings, slot: number) => Analysis;

/**
 * A mode that reads a whole recording in one pass may offer this: `series` has every candle of each of its series, and
 * the answer for `times[index]` must equal, bit by bit, what `analyse` makes of the candles closed by then.
 */
type SeriesMode = DecisionMode & {
  analyseSeries?(question: {
    readonly settings: unknown;
    readonly series: readonly (readonly Candle[])[];
    readonly times: readonly number[];
  }): (index: number) => Analysis;
};

type Span = { readonly from: number; readonly to: number };
type AnalyseAt = (time: number) => Analysis;

/** Every instant (ms) of the span at which a candle of one of these lengths closes, ascending. */
const closesIn = ({ from, to }: Span, lengthsMs: readonly number[]): number[] => {
  const times = new Set<number>();
  for (const length of lengthsMs) {
    for (let time = floorToGrid(from, length); time < to; time += length) times.add(time);
  }
  return [...times].toSorted((first, second) => first - second);
};

const analyseAll = ({ candles }: ReadableMarket, settings: AskedSettings, span: Span): AnalyseAt | null => {
  const mode: SeriesMode = modeOf(settings);
  if (mode.analyseSeries === undefined) return null;
  const wanted = decisionTimeframes(settings).map(({ timeframe }) => timeframe);
  const times = closesIn({ ...span, to: Math.min(span.to, candles.end + 1) }, wanted.map(timeframeMs));
  const question = { settings: analysedSettings(settings), series: wanted.map(candles.whole), times };
  const analysisOf = mode.analyseSeries(question);
  const indexes = new Map(times.map((time, index) => [time, index]));
  return (time) => {
    const index = indexes.get(time);
    return index === undefined ? analyseOne(candles, settings, time) : analysisOf(index);
  };
};

const analyseOne = ({ read }: ReadableMarket["candles"], settings: AskedSettings, time: number): Analysis => {
  const series = decisionTimeframes(settings).map((each) => read(lastCandles({ ...each, closedBy: time })));
  return analyse({ settings, time, series });
};

/** Reads each market once a closed candle for all bots that agree in what they read it by; in one pass where a mode can. */
export const createAnalyseMarket = (span: Span): AnalyseMarket => {
  const keys = new WeakMap<AskedSettings, string>();
  const keyOf = (settings: AskedSettings): string => {
    const key = keys.get(settings) ?? `${settings.mode} ${JSON.stringify(analysedSettings(settings))}`;
    keys.set(settings, key);
    return key;
  };
  const known = new Map<string, { all: AnalyseAt | null; last: { time: number; analysis: Analysis } | null }>();
  return (market, settings, slot) => {
    const key = `${market.id} ${keyOf(settings)}`;
    const read = known.get(key) ?? { all: analyseAll(market, settings, span), last: null };
    known.set(key, read);
    const time = analysisTime(settings, slot);
    if (read.last?.time === time) return read.last.analysis;
    const analysis = read.all?.(time) ?? analyseOne(market.candles, settings, time);
    read.last = { time, analysis };
    return analysis;
  };
};
