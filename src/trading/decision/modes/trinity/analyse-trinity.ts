import type { Candle } from "../../../market/candle";
import type { Timeframe } from "../../../market/timeframe";
import type { Analysis, AnalysedSeries, CertainHolds, MarketQuestion, SeriesQuestion } from "../../basis/analysis";
import { toColumns } from "../../../market/indicators/series/candle-columns";
import { windowsAt } from "../../../market/indicators/series/windows-at";
import { holdTrinity } from "./hold-trinity";
import { createWindowScorer, isScorable, type ScoreWindow } from "./score-trinity-window";
import { evidenceOfBoth } from "./score-trinity-side";
import { readExitSignals, type SeriesRead, type WindowAt } from "./signals-of-window";
import { analyseSignals, UnwrittenAnalysis, type TrinityAnalysis } from "./trinity-analysis";
import { isFresh, readTrinityMarket, type TrinityReads } from "./trinity-input";
import type { TrinityReadings } from "./trinity-readings";
import { readConfirmSeries, readTrinitySeries, wholeWindow } from "./trinity-series";
import type { TrinitySettings } from "./trinity-settings";
import type { ConfirmSignals, TrinitySignals } from "./trinity-signals";
import { TRINITY_CONFIRM_WINDOW, TRINITY_WINDOW } from "./trinity-warm-up";

/** An analysis of a series also tells its triggers. */
type AnalysedTrinity = AnalysedSeries<TrinitySettings, TrinityReadings> & {
  at(index: number): TrinityAnalysis;
  holdsBy(settings: TrinitySettings): CertainHolds;
};

const NOTHING_READ: TrinityAnalysis = {
  candle: null,
  scores: null,
  evidence: [],
  readings: { candles: 0, last: null },
};

/**
 * What Trinity reads in a market at a time (TRADING section 4): both sides scored, with their evidence, and what its
 * exits look at. Reads closed candles only. Throws RangeError when candles are out of order or off the grid.
 */
export const analyseTrinity = (question: MarketQuestion<TrinityReads>): Analysis<TrinityReadings> => {
  const { candles, confirmCandles } = readTrinityMarket(question);
  const confirm = readConfirmSeries(wholeWindow(confirmCandles))(0);
  const signals = readTrinitySeries(wholeWindow(candles), question.settings.timeframe).signalsOf(0, confirm);
  return signals ? analyseTrinitySignals(signals, candles.length) : NOTHING_READ;
};

/** The analysis of what was read over so many candles. */
export const analyseTrinitySignals = (signals: TrinitySignals, candles: number): Analysis<TrinityReadings> => {
  const { candle, scores, evidence, readings } = analyseSignals(signals, candles);
  return { candle, scores, evidence, readings };
};

/** analyseTrinity at many times, by their index: see DecisionMode. */
export const analyseTrinitySeries = ({
  times,
  settings: { timeframe, confirmTimeframe },
  series: [candles = [], confirmCandles = []],
}: SeriesQuestion<TrinityReads>): AnalysedTrinity => {
  const columns = toColumns(candles);
  const { windows, ofTime } = windowsAt(columns, { timeframe, count: TRINITY_WINDOW, times });
  const series = readTrinitySeries({ candles, columns, windows }, timeframe);
  const confirmOf = confirmSeries(confirmCandles, confirmTimeframe, times);
  const { read } = series;
  const scoreWindow = createWindowScorer(read);
  const windowOf = (index: number): WindowAt => series.windowOf(ofTime[index] as number);
  const at = (index: number): TrinityAnalysis => {
    const window = windowOf(index);
    const write = (): TrinitySignals | null => series.signalsOf(window.at, confirmOf(index));
    if (isScorable(window)) return analyseWindow({ read, scoreWindow, window, confirm: confirmOf(index), write });
    const signals = write();
    return signals ? analyseSignals(signals, window.before + 1) : NOTHING_READ;
  };
  return { at, holdsBy: (settings) => holdTrinity({ read, scoreWindow, windowOf, confirmOf }, settings) };
};

type ScorableWindow = {
  readonly read: SeriesRead;
  readonly scoreWindow: ScoreWindow;
  readonly window: WindowAt;
  readonly confirm: ConfirmSignals | null;
  readonly write: () => TrinitySignals | null;
};

const analyseWindow = ({ read, scoreWindow, window, confirm, write }: ScorableWindow): UnwrittenAnalysis => {
  const { long, short, isLongTriggered, isShortTriggered } = scoreWindow(window, confirm);
  return new UnwrittenAnalysis({
    candle: read.columns.openTimes[window.last] as number,
    scores: { long, short },
    triggers: { long: isLongTriggered, short: isShortTriggered },
    readings: { candles: window.before + 1, last: readExitSignals(read, window) },
    write: () => {
      const signals = write();
      return signals ? evidenceOfBoth(signals) : [];
    },
  });
};

const confirmSeries = (candles: readonly Candle[], timeframe: Timeframe, times: readonly number[]) => {
  const columns = toColumns(candles);
  const { windows, ofTime } = windowsAt(columns, { timeframe, count: TRINITY_CONFIRM_WINDOW, times });
  const readAt = readConfirmSeries({ columns, windows });
  let last: { readonly at: number; readonly signals: ConfirmSignals | null } = { at: -1, signals: null };
  return (index: number): ConfirmSignals | null => {
    const at = ofTime[index] as number;
    const openTime = columns.openTimes[windows.lasts[at] as number] ?? Number.NEGATIVE_INFINITY;
    if (!isFresh(openTime, timeframe, times[index] as number)) return null;
    // Several decisions follow one candle of the second timeframe.
    if (last.at !== at) last = { at, signals: readAt(at) };
    return last.signals;
  };
};
