import type { ISeriesApi, LineData, UTCTimestamp, WhitespaceData } from "lightweight-charts";
import { NONE } from "~/components/charts/chart-options";
import { createHatch, type Span } from "~/components/charts/hatch";
import type { BuildChart, ChartGround } from "~/components/charts/open-chart";
import { timeAxis, type TimeAxis } from "~/components/charts/time-axis";
import { formatPercent } from "~/components/format/format-amount";
import { commonGaps, type NormalisedLine } from "./normalise-lines";

const percent = (value: number): string => formatPercent(value, { digits: 1, isSigned: true });
const STEP = 0.0001;

const addLine = ({ chart, library, palette }: ChartGround, { token, dash }: NormalisedLine): ISeriesApi<"Line"> => {
  const { LineSeries, LineStyle } = library;
  const styles = { solid: LineStyle.Solid, dashed: LineStyle.Dashed, dotted: LineStyle.Dotted };
  return chart.addSeries(LineSeries, {
    color: palette[token],
    lineWidth: 2,
    lineStyle: styles[dash],
    priceLineVisible: false,
    priceFormat: { type: "custom", minMove: STEP, formatter: percent },
  });
};

/** A line has at most about this many points. */
const SPANS_MAX = 200;

const axisOf = (lines: readonly NormalisedLine[]): TimeAxis =>
  timeAxis(
    lines.flatMap(({ points }) => points.map(({ time }) => time)).toSorted((one, other) => one - other),
    SPANS_MAX,
  );

/** A gap of up to two spans of the axis is not shown: a longer line of another bot may have made the spans longer. */
const isSeen = ({ from, to }: Span, step: number): boolean => to - from > 2 * step;

/** A line over an axis of time, broken before each of its gaps. */
const placed = (
  { points, gaps }: NormalisedLine,
  { times, step, placeOf }: TimeAxis,
): (LineData | WhitespaceData)[] => {
  const valueOf = new Map(points.map(({ time, value }) => [placeOf(time), value]));
  const ends = new Set(gaps.filter((gap) => isSeen(gap, step)).map(({ from }) => placeOf(from)));
  return times.map((place) => {
    const [time, value] = [place as UTCTimestamp, valueOf.get(place)];
    if (value === undefined) return { time };
    return { time, value, ...(ends.has(place) && { color: NONE }) };
  });
};

/** One line for each bot; a line is added when its bot appears and removed with it. */
export const buildEquityLines: BuildChart<readonly NormalisedLine[]> = (ground) => {
  const series = new Map<string, ISeriesApi<"Line">>();
  const hatch = createHatch(ground.palette["line-strong"]);
  let hatched: ISeriesApi<"Line"> | undefined;
  return (lines) => {
    for (const [botId, gone] of series) {
      if (lines.some((line) => line.botId === botId)) continue;
      ground.chart.removeSeries(gone);
      series.delete(botId);
    }
    const axis = axisOf(lines);
    for (const line of lines) {
      const drawn = series.get(line.botId) ?? addLine(ground, line);
      series.set(line.botId, drawn);
      drawn.setData(placed(line, axis));
    }
    // Drawn on any line that is there, because it applies to all of them.
    const [carrier] = series.values();
    if (carrier !== hatched) carrier?.attachPrimitive(hatch);
    hatched = carrier;
    hatch.show(commonGaps(lines).map(({ from, to }) => ({ from: axis.placeOf(from), to: axis.placeOf(to) })));
  };
};
