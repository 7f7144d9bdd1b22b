import type { Candle } from "../../src/trading/market/candle";
import { createAdx } from "../../src/trading/market/indicators/adx";
import { createAtr } from "../../src/trading/market/indicators/atr";
import { createBandExpansion } from "../../src/trading/market/indicators/band-expansion";
import { createEma } from "../../src/trading/market/indicators/ema";
import { createIchimoku } from "../../src/trading/market/indicators/ichimoku";
import { computeLast, type Indicator } from "../../src/trading/market/indicators/indicator";
import { createMacd } from "../../src/trading/market/indicators/macd";
import { createObv } from "../../src/trading/market/indicators/obv";
import { createRsi } from "../../src/trading/market/indicators/rsi";
import { adxWindows } from "../../src/trading/market/indicators/series/adx-windows";
import { averageWindows } from "../../src/trading/market/indicators/series/average-windows";
import { bandExpansionSeries } from "../../src/trading/market/indicators/series/band-expansion-series";
import { toColumns } from "../../src/trading/market/indicators/series/candle-columns";
import { toSteps } from "../../src/trading/market/indicators/series/candle-steps";
import { ichimokuSeries } from "../../src/trading/market/indicators/series/ichimoku-series";
import { macdWindows } from "../../src/trading/market/indicators/series/macd-windows";
import { obvWindows } from "../../src/trading/market/indicators/series/obv-windows";
import { rollingMeans } from "../../src/trading/market/indicators/series/rolling-means";
import { stochasticSeries } from "../../src/trading/market/indicators/series/stochastic-series";
import { supertrendWindows } from "../../src/trading/market/indicators/series/supertrend-windows";
import { volumeDeltaSeries } from "../../src/trading/market/indicators/series/volume-delta-series";
import { vwapSeries } from "../../src/trading/market/indicators/series/vwap-series";
import { windowsAt } from "../../src/trading/market/indicators/series/windows-at";
import { createSma } from "../../src/trading/market/indicators/sma";
import { createStochastic } from "../../src/trading/market/indicators/stochastic";
import { createSupertrend } from "../../src/trading/market/indicators/supertrend";
import { createVolumeDelta } from "../../src/trading/market/indicators/volume-delta";
import { createVwap } from "../../src/trading/market/indicators/vwap-bands";

/** The same values computed in two ways: one window by itself, and all windows of a series at once. */
export type BenchRow = {
  readonly name: string;
  readonly single: (window: readonly Candle[]) => unknown;
  readonly series: () => unknown;
};

type Create<Input> = () => Indicator<Input, unknown>;

const fed =
  (create: Create<Candle>): BenchRow["single"] =>
  (window) =>
    computeLast(create(), window);

const fedCloses =
  (create: Create<number>): BenchRow["single"] =>
  (window) =>
    computeLast(
      create(),
      window.map(({ close }) => close),
    );

const WILDER = { skipped: 1, period: 14, factor: 1 / 14 };
const EMA20 = { skipped: 0, period: 20, factor: 2 / 21 };
const OBV_MEAN = 14;

/** Of hourly candles, and the times at which they are read. */
export const indicatorRows = (candles: readonly Candle[], times: readonly number[], count: number): BenchRow[] => {
  const columns = toColumns(candles);
  const steps = toSteps(columns);
  const { closes, knownVolumes } = columns;
  const { windows } = windowsAt(columns, { timeframe: "1h", count, times });
  const { trueRanges, gains, losses, signedVolumes } = steps;
  const rows: [name: string, single: BenchRow["single"], series: BenchRow["series"]][] = [
    ["EMA 20", fedCloses(() => createEma(20)), () => averageWindows(closes, windows, EMA20)],
    ["ATR 14", fed(() => createAtr(14)), () => averageWindows(trueRanges, windows, WILDER)],
    [
      "RSI 14",
      fedCloses(() => createRsi(14)),
      () => [averageWindows(gains, windows, WILDER), averageWindows(losses, windows, WILDER)],
    ],
    ["ADX 14", fed(() => createAdx(14)), () => adxWindows(steps, windows, 14)],
    ["MACD 12/26/9", fedCloses(() => createMacd()), () => macdWindows(closes, windows, () => {})],
    ["Supertrend 10, 3", fed(() => createSupertrend()), () => supertrendWindows(columns, steps, windows)],
    ["OBV", fed(createObv), () => obvWindows({ knownVolumes, signedVolumes }, windows, OBV_MEAN)],
    ["SMA 200", fedCloses(() => createSma(200)), () => rollingMeans(closes, 200)],
    ["band expansion", fedCloses(() => createBandExpansion()), () => bandExpansionSeries(closes)],
    ["Ichimoku 9/26/52", fed(() => createIchimoku()), () => ichimokuSeries(columns)],
    ["stochastic 14/3/3", fed(() => createStochastic()), () => stochasticSeries(columns)],
    ["volume delta", fed(() => createVolumeDelta()), () => volumeDeltaSeries(columns)],
    ["VWAP 24", fed(() => createVwap(24)), () => vwapSeries(columns)],
  ];
  return rows.map(([name, single, series]) => ({ name, single, series }));
};
