import type { SeriesMarker, SingleValueData, Time, UTCTimestamp, WhitespaceData } from "lightweight-charts";
import { formatPercent } from "~/components/format/format-amount";
import { createHatch } from "~/components/charts/hatch";
import { timeAxis } from "~/components/charts/time-axis";
import { NONE } from "~/components/charts/chart-options";
import { withOpacity } from "~/components/charts/palette";
import type { BuildChart, ChartGround } from "~/components/charts/open-chart";
import { createVerticalLine } from "~/components/charts/vertical-line";
import { watchPointer } from "~/components/charts/watch-pointer";
import type { EquityChart } from "~/contracts/chart-view";
import { formatEquity } from "./describe-equity";

export type EquityData = {
  readonly view: EquityChart;
  /** Time (seconds) of the point chosen by keyboard; null: none. */
  readonly chosen: number | null;
};

type Point = EquityChart["equity"][number];

const DASHED = 2;
const DRAWDOWN_PANE = 1;
const FILL_OPACITY = 0.2;

/** The server sends at most this many points. */
const SPANS_MAX = 600;

type Placed = (SingleValueData | WhitespaceData)[];

type Spans = {
  /** The places of the axis. */
  readonly times: readonly number[];
  readonly gaps: EquityChart["gaps"];
};

/** A line over a time axis, broken before each gap. `unseen` hides the line that leaves the last point before a gap. */
const placed = (points: readonly Point[], { times, gaps }: Spans, unseen: object): Placed => {
  const valueOf = new Map(points.map(({ time, value }) => [time, value]));
  const ends = new Set(gaps.map(({ from }) => from));
  return times.map((time) => {
    const [at, value] = [time as UTCTimestamp, valueOf.get(time)];
    if (value === undefined) return { time: at };
    return { time: at, value, ...(ends.has(time) ? unseen : {}) };
  });
};

const UNSEEN = { color: NONE };
const UNSEEN_AREA = {
  topLineColor: NONE,
  topFillColor1: NONE,
  topFillColor2: NONE,
  bottomLineColor: NONE,
  bottomFillColor1: NONE,
  bottomFillColor2: NONE,
};

const MONEY = { type: "custom", minMove: 0.01, formatter: formatEquity } as const;
const QUIET = { priceLineVisible: false, lastValueVisible: false, crosshairMarkerRadius: 3 } as const;

const addEquity = ({ chart, library, palette }: ChartGround) => {
  const hold = chart.addSeries(library.LineSeries, {
    ...QUIET,
    color: palette.benchmark,
    lineStyle: DASHED,
    lineWidth: 1,
    priceFormat: MONEY,
  });
  const equity = chart.addSeries(library.LineSeries, {
    ...QUIET,
    color: palette.accent,
    lineWidth: 2,
    priceFormat: MONEY,
  });
  return { hold, equity };
};

const addDrawdown = ({ chart, library, palette }: ChartGround) => {
  const series = chart.addSeries(
    library.BaselineSeries,
    {
      ...QUIET,
      baseValue: { type: "price", price: 0 },
      lineWidth: 1,
      topLineColor: palette.benchmark,
      topFillColor1: withOpacity(palette.panel, 0),
      topFillColor2: withOpacity(palette.panel, 0),
      bottomLineColor: palette.loss,
      bottomFillColor1: withOpacity(palette.loss, FILL_OPACITY),
      bottomFillColor2: withOpacity(palette.loss, FILL_OPACITY),
      priceFormat: {
        type: "custom",
        minMove: 0.0001,
        formatter: (value: number) => formatPercent(value, { digits: 2 }),
      },
    },
    DRAWDOWN_PANE,
  );
  chart.panes()[0]?.setStretchFactor(3);
  chart.panes()[DRAWDOWN_PANE]?.setStretchFactor(1);
  return series;
};

/** Each flow at the first point that has it: an arrow up for what came, down for what went. */
const flowMarks = ({ equity, flows }: EquityChart, palette: ChartGround["palette"]): SeriesMarker<Time>[] =>
  flows.flatMap(({ time, amount }) => {
    const point = equity.find((each) => each.time >= time);
    if (!point) return [];
    const isIn = !amount.startsWith("-");
    return [
      {
        time: point.time as UTCTimestamp,
        position: isIn ? "belowBar" : "aboveBar",
        shape: isIn ? "arrowUp" : "arrowDown",
        color: palette.ink,
        size: 1,
      },
    ];
  });

/** Equity beside buy and hold over time, the drawdown in a pane below, gaps hatched, a line where the demo opened. */
export const drawEquity =
  (onTime: (time: number | null) => void): BuildChart<EquityData> =>
  (ground) => {
    const { chart, palette } = ground;
    const { hold, equity } = addEquity(ground);
    const drawdown = addDrawdown(ground);
    const opened = createVerticalLine(palette.demo);
    equity.attachPrimitive(opened);
    const marks = ground.library.createSeriesMarkers(equity, []);
    const hatches = [equity, drawdown].map((series) => {
      const hatch = createHatch(palette["line-strong"]);
      series.attachPrimitive(hatch);
      return hatch;
    });
    watchPointer(chart, onTime);
    let shown: EquityChart | null = null;
    return ({ view, chosen }) => {
      if (view !== shown) {
        shown = view;
        const { times } = timeAxis(
          view.equity.map(({ time }) => time),
          SPANS_MAX,
        );
        const spans = { times, gaps: view.gaps };
        hold.setData(placed(view.buyAndHold, spans, UNSEEN));
        equity.setData(placed(view.equity, spans, UNSEEN));
        drawdown.setData(placed(view.drawdown, spans, UNSEEN_AREA));
        marks.setMarkers(flowMarks(view, palette));
        for (const hatch of hatches) hatch.show(view.gaps);
        opened.moveTo(view.openedAt && (view.equity.find(({ time }) => time >= Number(view.openedAt))?.time ?? null));
      }
      const at = view.equity.find(({ time }) => time === chosen);
      if (at) chart.setCrosshairPosition(at.value, at.time as UTCTimestamp, equity);
      else chart.clearCrosshairPosition();
    };
  };
