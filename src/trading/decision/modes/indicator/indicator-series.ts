import type { Candle } from "../../../market/candle";
import { rsiOf } from "../../../market/indicators/rsi";
import { createAverageReader } from "../../../market/indicators/series/average-windows";
import { toColumns, type CandleColumns } from "../../../market/indicators/series/candle-columns";
import { toSteps } from "../../../market/indicators/series/candle-steps";
import { rollingHighest, rollingLowest } from "../../../market/indicators/series/rolling-extremes";
import { rollingMeans } from "../../../market/indicators/series/rolling-means";
import { createSupertrendReader } from "../../../market/indicators/series/supertrend-windows";
import { windowsAt } from "../../../market/indicators/series/windows-at";
import type { Timeframe } from "../../../market/timeframe";
import { BREAKOUT_PERIOD, INDICATOR_WINDOW, VOLUME_PERIOD, type IndicatorSignals } from "./indicator-signals";

const WILDER = { skipped: 1, period: 14, factor: 1 / 14 };
const emaSteps = (period: number) => ({ skipped: 0, period, factor: 2 / (period + 1) });

type Level = IndicatorSignals["now"];

const unlessNaN = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** The extremes of the candles before one, where its window has as many. */
const createLevelReader = ({ highs, lows, closes }: CandleColumns): ((first: number, index: number) => Level) => {
  const highest = rollingHighest(highs, BREAKOUT_PERIOD);
  const lowest = rollingLowest(lows, BREAKOUT_PERIOD);
  return (first, index) => {
    const isKnown = index - first >= BREAKOUT_PERIOD;
    return {
      close: closes[index] as number,
      highest: isKnown ? (highest[index - 1] as number) : null,
      lowest: isKnown ? (lowest[index - 1] as number) : null,
    };
  };
};

/** readIndicatorSignals at many times (ms, ascending), by their index, to the last bit. */
export const readIndicatorSeries = (
  candles: readonly Candle[],
  { timeframe, times }: { readonly timeframe: Timeframe; readonly times: readonly number[] },
): ((index: number) => IndicatorSignals | null) => {
  const columns = toColumns(candles);
  const steps = toSteps(columns);
  const { closes, volumes, knownVolumes } = columns;
  const { windows, ofTime } = windowsAt(columns, { timeframe, count: INDICATOR_WINDOW, times });
  const averageOf = (values: Float64Array, of: typeof WILDER) => createAverageReader(values, windows, of);
  const [ema9, ema21] = [averageOf(closes, emaSteps(9)), averageOf(closes, emaSteps(21))];
  const [ema50, atr14] = [averageOf(closes, emaSteps(50)), averageOf(steps.trueRanges, WILDER)];
  const [gains, losses] = [averageOf(steps.gains, WILDER), averageOf(steps.losses, WILDER)];
  const supertrendOf = createSupertrendReader(columns, steps);
  const volumeMeans = rollingMeans(volumes, VOLUME_PERIOD);
  const levelAt = createLevelReader(columns);
  return (index) => {
    const at = ofTime[index] as number;
    const [first, last] = [windows.firsts[at] as number, windows.lasts[at] as number];
    if (last < first) return null;
    const supertrend = supertrendOf(first, last);
    const known = Math.min(knownVolumes[last] as number, last - first + 1);
    return {
      candle: candles[last] as Candle,
      candles: last - first + 1,
      ema9: unlessNaN(ema9(at)),
      ema21: unlessNaN(ema21(at)),
      ema50: unlessNaN(ema50(at)),
      rsi14: unlessNaN(rsiOf(gains(at), losses(at))),
      atr14: unlessNaN(atr14(at)),
      supertrend: supertrend && { direction: supertrend.isUp === 1 ? "up" : "down", value: supertrend.value },
      volumeMean: known < VOLUME_PERIOD ? null : (volumeMeans[last] as number),
      now: levelAt(first, last),
      before: last > first ? levelAt(first, last - 1) : null,
    };
  };
};
