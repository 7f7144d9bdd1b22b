import type { AutoscaleInfo, CandlestickData, IPriceLine, ISeriesApi, UTCTimestamp } from "lightweight-charts";
import type { BuildChart, ChartGround } from "~/components/charts/open-chart";
import type { Palette } from "~/components/charts/palette";
import { createPointLabels } from "~/components/charts/point-labels";
import { watchPointer } from "~/components/charts/watch-pointer";
import type { CandleChart } from "~/contracts/chart-view";
import { keptRange, rangeWith, slidBy, widenedPrices } from "./candle-view";
import { chartLevels } from "./chart-levels";
import { formatChartPrice } from "./describe-candles";
import { markLabels, markLook } from "./mark-look";

export type CandleData = {
  readonly view: CandleChart;
  /** Time (seconds) of the candle chosen by keyboard; null: none. */
  readonly chosen: number | null;
};

type Series = ISeriesApi<"Candlestick">;

/** A candle narrower than three pixels has no visible body. */
const BAR_SPACING_MIN = 3;
const ROOM_RIGHT = 4;

/** A rising candle is hollow, so that direction is not told by colour alone. */
const addCandles = ({ chart, library, palette }: ChartGround): Series =>
  chart.addSeries(library.CandlestickSeries, {
    upColor: palette.panel,
    borderUpColor: palette.gain,
    wickUpColor: palette.gain,
    downColor: palette.loss,
    borderDownColor: palette.loss,
    wickDownColor: palette.loss,
    priceLineVisible: false,
  });

const toData = ({ candles }: CandleChart): CandlestickData[] =>
  candles.map(({ time, open, high, low, close }) => ({ time: time as UTCTimestamp, open, high, low, close }));

/** Shows lines at the open position's levels, and removes them when it is closed. */
const keepLevels = (series: Series, palette: Palette) => {
  let lines: IPriceLine[] = [];
  let prices: number[] = [];
  series.applyOptions({
    autoscaleInfoProvider: (original: () => AutoscaleInfo | null) => {
      const info = original();
      return info?.priceRange ? { ...info, priceRange: widenedPrices(info.priceRange, prices) } : info;
    },
  });
  return (view: CandleChart): void => {
    for (const line of lines) series.removePriceLine(line);
    const levels = chartLevels(view, palette);
    prices = levels.map(({ price }) => price);
    lines = levels.map((level) => series.createPriceLine({ ...level, lineWidth: 1, axisLabelVisible: true }));
  };
};

/** Gives the series newer candles and leaves the reader's part of the chart in view. */
const keepView = ({ chart }: ChartGround, series: Series) => {
  let shown: CandleChart | null = null;
  return (view: CandleChart): void => {
    const timeScale = chart.timeScale();
    const range = timeScale.getVisibleLogicalRange();
    const before = shown;
    shown = view;
    series.setData(toData(view));
    if (!before || !range) return;
    if (before.pair !== view.pair || before.timeframe !== view.timeframe) {
      timeScale.fitContent();
      return;
    }
    const times = before.candles.map(({ time }) => time);
    const kept = keptRange(range, times.length, slidBy(view.candles, times));
    if (kept) timeScale.setVisibleLogicalRange(kept);
  };
};

/** Puts the crosshair on the chosen candle and moves the candle into view. */
const showChosen = ({ chart }: ChartGround, series: Series, { view, chosen }: CandleData): void => {
  const bar = view.candles.findIndex(({ time }) => time === chosen);
  const candle = view.candles[bar];
  if (!candle) {
    chart.clearCrosshairPosition();
    return;
  }
  const range = chart.timeScale().getVisibleLogicalRange();
  const moved = range && rangeWith(range, bar);
  if (moved) chart.timeScale().setVisibleLogicalRange(moved);
  chart.setCrosshairPosition(candle.close, candle.time as UTCTimestamp, series);
};

/** Candles with what the bot did on them and the levels of its open position. */
export const drawCandles =
  (onTime: (time: number | null) => void): BuildChart<CandleData> =>
  (ground) => {
    const { chart, library, palette } = ground;
    chart.timeScale().applyOptions({ minBarSpacing: BAR_SPACING_MIN, rightOffset: ROOM_RIGHT });
    const series = addCandles(ground);
    const marks = library.createSeriesMarkers(series, []);
    const labels = createPointLabels(palette);
    series.attachPrimitive(labels);
    const showLevels = keepLevels(series, palette);
    const showCandles = keepView(ground, series);
    watchPointer(chart, onTime);
    let shown: CandleChart | null = null;
    return ({ view, chosen }) => {
      if (view !== shown) {
        shown = view;
        series.applyOptions({
          priceFormat: {
            type: "custom",
            minMove: 10 ** -view.priceDigits,
            formatter: (price: number) => formatChartPrice(price, view.priceDigits),
          },
        });
        showCandles(view);
        showLevels(view);
        marks.setMarkers(view.marks.map((mark) => markLook(mark, palette)));
        labels.show(markLabels(view, palette));
      }
      showChosen(ground, series, { view, chosen });
    };
  };
