import { adxWindows, type AdxWindows } from "../../../market/indicators/series/adx-windows";
import { averageWindows } from "../../../market/indicators/series/average-windows";
import type { CandleColumns } from "../../../market/indicators/series/candle-columns";
import { toSteps } from "../../../market/indicators/series/candle-steps";
import type { CandleWindows } from "../../../market/indicators/series/candle-windows";
import { MACD_LOOKBACK, macdWindows, type MacdWindows } from "../../../market/indicators/series/macd-windows";
import { obvWindows, type ObvWindows } from "../../../market/indicators/series/obv-windows";
import { supertrendWindows, type SupertrendWindows } from "../../../market/indicators/series/supertrend-windows";
import { macdDivergenceOf, type MacdDivergence } from "../../analysis/macd-divergence";

/** What starts anew in each window, by its index: the values at its last candle, NaN where the window is too short. */
export type TrinityWindows = {
  readonly ema20: Float64Array;
  readonly atr14: Float64Array;
  readonly gains14: Float64Array;
  readonly losses14: Float64Array;
  readonly adx14: AdxWindows;
  readonly macd: MacdWindows;
  readonly divergences: readonly MacdDivergence[];
  readonly supertrend: SupertrendWindows;
  readonly obv: ObvWindows;
};

/** How many candles before it in its window the last candle needs. */
export const WINDOW_LOOKBACKS = { ema20: 19, wilder14: 14, adx14: 27, macd: MACD_LOOKBACK, supertrend: 10 } as const;

/** The same for the second timeframe: that of ADX14, the longer one. */
export const CONFIRM_LOOKBACK = WINDOW_LOOKBACKS.adx14;

const OBV_MEAN = 14;
const WILDER = { skipped: 1, period: 14, factor: 1 / 14 };
const EMA20 = { skipped: 0, period: 20, factor: 2 / 21 };

export const readTrinityWindows = (columns: CandleColumns, windows: CandleWindows): TrinityWindows => {
  const { closes, highs, lows, knownVolumes } = columns;
  const { firsts, lasts } = windows;
  const steps = toSteps(columns);
  const divergences: MacdDivergence[] = [];
  const macd = macdWindows(closes, windows, (at, lines) => {
    const span = { highs, lows, first: firsts[at] as number, last: lasts[at] as number };
    divergences[at] = macdDivergenceOf(span, { lines, warm: MACD_LOOKBACK });
  });
  return {
    ema20: averageWindows(closes, windows, EMA20),
    atr14: averageWindows(steps.trueRanges, windows, WILDER),
    gains14: averageWindows(steps.gains, windows, WILDER),
    losses14: averageWindows(steps.losses, windows, WILDER),
    adx14: adxWindows(steps, windows, 14),
    macd,
    divergences,
    supertrend: supertrendWindows(columns, steps, windows),
    obv: obvWindows({ knownVolumes, signedVolumes: steps.signedVolumes }, windows, OBV_MEAN),
  };
};

/** The same of the second timeframe, of which less is read. */
export type ConfirmWindows = { readonly ema20: Float64Array; readonly adx14: Float64Array };

export const readConfirmWindows = (columns: CandleColumns, windows: CandleWindows): ConfirmWindows => ({
  ema20: averageWindows(columns.closes, windows, EMA20),
  adx14: adxWindows(toSteps(columns), windows, 14).adx,
});
